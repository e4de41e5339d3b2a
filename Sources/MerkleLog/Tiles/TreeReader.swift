public import Bytes
import Synchronization

/// Reads roots and proofs from stored tiles, and remembers the tiles with their inner nodes, since hashing those is
/// nearly all the work. Use one for as long as the log is served; for a single proof, ask the ``TileSource``.
public final class TreeReader<Source: TileSource>: Sendable {
    /// 16 MiB at 16 KiB a tile: all upper tiles of ten million leaves, and the recently used ones below.
    private static var maximumTileCount: Int { 1024 }

    private let source: Source
    private let tiles = Mutex<[TileID: TileNodes]>([:])

    public init(_ source: Source) { self.source = source }

    /// The root of the tree of `size`, recomputed from its tiles' right edge.
    ///
    /// - Throws: ``MerkleError`` with code `.malformedTile`, or what the source throws.
    public func root(at size: TreeSize) throws -> Digest256 {
        try TreeHash.root(size: size.value) { try node(height: $0, index: $1, size) }
    }

    /// - Throws: ``MerkleError`` with code `.indexOutsideTree` or `.malformedTile`, or what the source throws.
    public func inclusionProof(of index: LeafIndex, in size: TreeSize) throws -> InclusionProof {
        guard size.contains(index) else {
            throw MerkleError(.indexOutsideTree, "Leaf \(index) is outside a tree of \(size) leaves.")
        }
        let hashes = try TreeHash.siblings(above: index.value, size: size.value) {
            try node(height: $0, index: $1, size)
        }
        return InclusionProof(index: index, size: size, hashes: hashes)
    }

    /// - Throws: ``MerkleError`` with code `.sizesOutOfOrder` or `.malformedTile`, or what the source throws.
    public func consistencyProof(from oldSize: TreeSize, to newSize: TreeSize) throws -> ConsistencyProof {
        try ConsistencyProof.check(oldSize, newSize)
        guard oldSize < newSize else { return ConsistencyProof(oldSize: oldSize, newSize: newSize, hashes: []) }
        // The largest perfect subtree that the old tree ends with, and all its siblings on the way up.
        let height = oldSize.value.trailingZeroBitCount
        let last = oldSize.value - 1
        var hashes = try TreeHash.siblings(above: last, from: height, size: newSize.value) {
            try node(height: $0, index: $1, newSize)
        }
        if last >> UInt64(height) != 0 {
            hashes.insert(try node(height: height, index: last >> UInt64(height), newSize), at: 0)
        }
        return ConsistencyProof(oldSize: oldSize, newSize: newSize, hashes: hashes)
    }

    private func node(height: Int, index: UInt64, _ size: TreeSize) throws -> Digest256 {
        let address = NodeAddress(height: height, index: index)
        // A tile only ever grows, so a wider one remembered from a larger tree serves as well.
        if let node = tiles.withLock({ $0[address.tile]?.node(row: address.row, offset: address.offset) }) {
            return node
        }
        let nodes = try source.nodes(address.tile, width: address.tile.width(in: size))
        guard let node = nodes.node(row: address.row, offset: address.offset) else {
            throw MerkleError(.missingTile, "A tree of \(size) leaves has no node \(index) at height \(height).")
        }
        remember(nodes)
        return node
    }

    private func remember(_ nodes: TileNodes) {
        tiles.withLock { tiles in
            // Starting over costs a few milliseconds in a thousand proofs, and needs no bookkeeping.
            if tiles.count >= Self.maximumTileCount { tiles.removeAll(keepingCapacity: true) }
            tiles[nodes.id] = nodes
        }
    }
}
