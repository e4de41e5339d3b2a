import Bytes
import MerkleLog

/// The partial tiles of a tree, lowest level first.
struct EdgeTiles: TileSource {
    private let tiles: [TileID: [UInt8]]

    init(size: TreeSize, tiles: [[UInt8]]) {
        let ids = (0..<8).map { level in
            TileID(level: level, index: size.value >> UInt64(8 * level) / UInt64(TileID.fullWidth))
        }
        let partial = ids.filter { $0.width(in: size) > 0 }
        self.tiles = Dictionary(zip(partial, tiles)) { first, _ in first }
    }

    func tile(_ id: TileID, width: Int) throws -> [UInt8] {
        guard let bytes = tiles[id], bytes.count == width * Digest256.byteCount else {
            throw MerkleError(.missingTile, "The stored tree lacks tile \(id).")
        }
        return bytes
    }
}
