public import Bytes

/// Grows a tree and its tiles: the one writer of a log.
///
/// A value: copy it, append to the copy, store the batch, and keep the copy only when the store has it.
public struct TileWriter: Sendable {
    public private(set) var size: TreeSize
    /// The tile being filled at each level; a level without hashes has an empty one or none.
    private var edge: [TileNodes]

    /// An empty tree.
    public init() {
        size = .empty
        edge = []
    }

    /// The tree of `size` whose partial tiles `source` holds. Compare ``root`` with the checkpoint's before appending.
    ///
    /// - Throws: ``MerkleError`` with code `.malformedTile`, or what `source` throws.
    public init(size: TreeSize, from source: some TileSource) throws {
        self.size = size
        edge = []
        for level in 0..<(UInt64.bitWidth / TileID.height) {
            let hashCount = size.value >> UInt64(level * TileID.height)
            guard hashCount > 0 else { break }
            let id = TileID(level: level, index: hashCount / UInt64(TileID.fullWidth))
            let width = id.width(in: size)
            edge.append(width == 0 ? TileNodes(id) : try source.nodes(id, width: width))
        }
    }

    /// The partial tiles of the tree, from the lowest level up: what ``init(size:from:)`` asks for.
    public var edgeTiles: [Tile] { edge.filter { $0.width > 0 }.map(\.tile) }

    public var root: Digest256 {
        TreeHash.root(size: size.value) { height, index in
            let address = NodeAddress(height: height, index: index)
            return Self.unwrap(edge[address.tile.level].node(row: address.row, offset: address.offset))
        }
    }

    /// Appends leaves in order. Costs about one hash for each.
    ///
    /// - Returns: The new size and root, the tiles to store, and inclusion proofs for `leaves`.
    public mutating func append(_ leaves: [LeafHash]) -> TileBatch {
        let firstIndex = LeafIndex(size.value)
        var filled: [TileNodes] = []
        for leaf in leaves { append(leaf, filled: &filled) }
        size = TreeSize(size.value + UInt64(leaves.count))
        return TileBatch(firstIndex: firstIndex, size: size, root: root, filled: filled, edge: edge)
    }

    private mutating func append(_ leaf: LeafHash, filled: inout [TileNodes]) {
        var hash = leaf.digest
        var level = 0
        while true {
            if level == edge.count { edge.append(TileNodes(TileID(level: level, index: 0))) }
            guard let root = edge[level].append(hash) else { return }
            let next = TileID(level: level, index: edge[level].id.index + 1)
            filled.append(edge[level])
            edge[level] = TileNodes(next)
            (hash, level) = (root, level + 1)
        }
    }

    private static func unwrap(_ node: Digest256?) -> Digest256 {
        guard let node else { preconditionFailure("The edge holds every node that the root is made of.") }
        return node
    }
}
