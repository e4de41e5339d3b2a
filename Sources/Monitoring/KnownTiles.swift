import Bytes
import MerkleLog

/// Tiles fetched so far. Says which one it lacks.
struct KnownTiles: TileSource {
    struct Missing: Error {
        let id: TileID
    }

    let tiles: [TileID: [UInt8]]

    func tile(_ id: TileID, width: Int) throws -> [UInt8] {
        guard let bytes = tiles[id], bytes.count >= width * Digest256.byteCount else { throw Missing(id: id) }
        return Array(bytes.prefix(width * Digest256.byteCount))
    }
}
