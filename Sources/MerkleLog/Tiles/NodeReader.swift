import Bytes

/// Reads the nodes of one tree from its tiles, each tile once.
struct NodeReader<Source: TileSource> {
    let source: Source
    let size: TreeSize
    private var tiles: [TileNodes] = []

    init(source: Source, size: TreeSize) {
        self.source = source
        self.size = size
    }

    mutating func node(height: Int, index: UInt64) throws -> Digest256 {
        let address = NodeAddress(height: height, index: index)
        guard let node = try tile(address.tile).node(row: address.row, offset: address.offset) else {
            throw MerkleError(.missingTile, "A tree of \(size) leaves has no node \(index) at height \(height).")
        }
        return node
    }

    private mutating func tile(_ id: TileID) throws -> TileNodes {
        if let tile = tiles.first(where: { $0.id == id }) { return tile }
        let tile = try source.nodes(id, width: id.width(in: size))
        tiles.append(tile)
        return tile
    }
}
