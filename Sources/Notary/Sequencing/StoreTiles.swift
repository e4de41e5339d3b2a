import EvidenceStore
import MerkleLog

/// The tiles of one lane as its store has them.
struct StoreTiles: TileSource {
    let store: Store
    let lane: LaneID

    func tile(_ id: TileID, width: Int) throws -> [UInt8] {
        guard let bytes = try store.tile(id, lane: lane), bytes.count >= width * 32 else {
            throw StoreError(.corrupted, "The store lacks tile \(id). Restore it from a copy.")
        }
        return bytes.count == width * 32 ? bytes : Array(bytes[..<(width * 32)])
    }
}
