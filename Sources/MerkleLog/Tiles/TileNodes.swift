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

    /// - Parameter hashes: Up to 256 × 32 bytes.
    init(_ id: TileID, hashes: [UInt8]) {
        self.init(id)
        for start in stride(from: 0, to: hashes.count, by: Digest256.byteCount) {
            _ = append(Digest256(bigEndianWords: Self.words(of: hashes, at: start)))
        }
    }

    /// Word by word: a proof reads up to two tiles a level, and reading must not cost more than hashing.
    private static func words(of bytes: [UInt8], at start: Int) -> (UInt64, UInt64, UInt64, UInt64) {
        func word(_ start: Int) -> UInt64 { bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) } }
        return (word(start), word(start + 8), word(start + 16), word(start + 24))
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
