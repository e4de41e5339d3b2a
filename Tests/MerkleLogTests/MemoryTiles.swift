import Bytes
import MerkleLog

/// Tiles as a store keeps them: one value a tile, which grows.
struct MemoryTiles: TileSource {
    var tiles: [TileID: [UInt8]] = [:]

    mutating func store(_ batch: TileBatch) {
        for tile in batch.changedTiles { tiles[tile.id] = tile.bytes }
    }

    func tile(_ id: TileID, width: Int) throws -> [UInt8] {
        guard let bytes = tiles[id], bytes.count >= width * 32 else {
            throw MerkleError(.missingTile, "There is no tile \(id) of width \(width).")
        }
        return Array(bytes.prefix(width * 32))
    }
}
