public import Bytes

/// What one batch of leaves did to the tree: everything to store, sign and answer with.
public struct TileBatch: Sendable {
    /// Of the batch's first leaf. Equals `size` when the batch was empty.
    public let firstIndex: LeafIndex
    /// Of the tree with the batch.
    public let size: TreeSize
    public let root: Digest256
    /// Tiles with hashes that were not there before, as they are now, each once: the full ones in the order in which
    /// they filled, then the partial ones from the lowest level up.
    public let changedTiles: [Tile]
    private let nodes: [TileID: TileNodes]

    init(firstIndex: LeafIndex, size: TreeSize, root: Digest256, filled: [TileNodes], edge: [TileNodes]) {
        self.firstIndex = firstIndex
        self.size = size
        self.root = root
        let partial = edge.filter { $0.width > $0.id.width(in: TreeSize(firstIndex.value)) }
        changedTiles = (filled + partial).map(\.tile)
        nodes = Dictionary((filled + edge).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    }

    /// The proof for a leaf of this batch in the tree with the batch. Looks up; hashes only the tree's ragged edge.
    ///
    /// - Throws: ``MerkleError`` with code `.indexOutsideTree` when the leaf is not of this batch.
    public func inclusionProof(of index: LeafIndex) throws(MerkleError) -> InclusionProof {
        guard index >= firstIndex, size.contains(index) else {
            throw MerkleError(.indexOutsideTree, "Leaf \(index) is not of the batch from \(firstIndex) to \(size).")
        }
        let hashes = try TreeHash.siblings(above: index.value, size: size.value, node: node)
        return InclusionProof(index: index, size: size, hashes: hashes)
    }

    /// A new leaf's siblings lie in the tiles above it, and those have all changed or are on the edge.
    private func node(height: Int, index: UInt64) throws(MerkleError) -> Digest256 {
        let address = NodeAddress(height: height, index: index)
        guard let node = nodes[address.tile]?.node(row: address.row, offset: address.offset) else {
            throw MerkleError(.missingTile, "The batch lacks a node of tile \(address.tile).")
        }
        return node
    }
}
