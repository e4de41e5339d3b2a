import EvidenceStore
import MerkleLog

extension Store {
    /// Leaves of the largest checkpoint that an outsider has confirmed, by whatever kind of anchor.
    func confirmedSize(by outsider: String, lane: LaneID) throws -> TreeSize {
        let timestamp = try latestTimestamp(of: outsider, lane: lane)?.size ?? .empty
        let anchor = try latestCompleteAnchor(of: outsider, lane: lane)?.size ?? .empty
        return max(timestamp, anchor)
    }

    /// What one outsider gave that shows best that it committed to at least `size` entries, in the order of
    /// ``StoredAnchor``: complete before pending. Timestamps are apart, see ``firstTimestamp(atOrAfter:authority:lane:)``.
    func anchors(atOrAfter size: TreeSize, lane: LaneID) throws -> [StoredAnchor] {
        try outsiders(of: lane).compactMap { try bestAnchor(atOrAfter: size, outsider: $0, lane: lane) }
    }
}
