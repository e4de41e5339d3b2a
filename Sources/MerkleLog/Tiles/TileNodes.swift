import Bytes

/// A tile with all nodes of its perfect subtrees, so that a proof looks up and does not hash.
struct TileNodes: Sendable {
    private(set) var id: TileID
    private(set) var width = 0
    /// Row 0, the tile's hashes, then row 1, their parents, up to row 7, each at its place in a full tile.
    private var nodes: [Digest256]

    init(_ id: TileID) {
        self.id = id
        nodes = Array(repeating: TreeHash.emptyRoot, count: 2 * TileID.fullWidth)
    }

    /// - Throws: ``MerkleError`` with code `.malformedTile` unless `bytes` are 1 to 256 hashes.
    init(_ id: TileID, bytes: [UInt8]) throws(MerkleError) {
        guard 1...TileID.fullWidth * Digest256.byteCount ~= bytes.count, bytes.count % Digest256.byteCount == 0 else {
            throw MerkleError(.malformedTile, "\(bytes.count) bytes are no tile \(id).")
        }
        self.init(id)
        var reader = ByteReader(bytes)
        while let hash = reader.readDigest() { _ = append(hash) }
    }

    /// - Returns: The tile's root when this hash fills it; it takes no more then.
    mutating func append(_ hash: Digest256) -> Digest256? {
        nodes[width] = hash
        width += 1
        var (hash, count, row) = (hash, width, 0)
        while count & 1 == 0 {
            hash = TreeHash.parent(nodes[Self.position(row, count - 2)], hash)
            (count, row) = (count >> 1, row + 1)
            if row == TileID.height { return hash }
            nodes[Self.position(row, count - 1)] = hash
        }
        return nil
    }

    /// - Parameter row: 0 to 7.
    func node(row: Int, offset: Int) -> Digest256? {
        offset < width >> row ? nodes[Self.position(row, offset)] : nil
    }

    var tile: Tile {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width * Digest256.byteCount)
        for hash in nodes[..<width] { hash.append(to: &bytes) }
        return Tile(id: id, bytes: bytes)
    }

    private static func position(_ row: Int, _ offset: Int) -> Int {
        2 * TileID.fullWidth - (2 * TileID.fullWidth >> row) + offset
    }
}
