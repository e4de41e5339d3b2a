import EvidenceStore
import MerkleLog
import SimilarityIndex

/// The place of a registration as the indexes call it.
extension LogPosition {
    init(_ key: EntryKey) { self.init(lane: LaneID(key.lane), index: LeafIndex(key.index)) }

    var key: EntryKey { EntryKey(lane: lane.rawValue, index: index.value) }
}
