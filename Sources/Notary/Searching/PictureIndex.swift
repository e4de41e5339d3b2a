import EvidenceStore
import Fingerprints
import MerkleLog
import SimilarityIndex

/// The similarity index beside its store: what is sequenced is found from the next search on.
///
/// Derived: it lives in memory and is read from the store's fingerprint rows at every start.
final class PictureIndex: Sendable {
    /// Rows read at once while rebuilding.
    private static let pageSize = 10_000

    private let index = FingerprintIndex()

    var count: Int { index.count }

    func rebuild(from store: Store) throws {
        var last: LogPosition?
        while true {
            let page = try store.fingerprints(PDQFingerprint.algorithm, after: last, limit: Self.pageSize)
            insert(
                page.compactMap { row in
                    guard row.quality >= PDQFingerprint.indexedQualityMinimum else { return nil }
                    return PDQFingerprint(bytes: row.bytes).map { ($0, row.position) }
                }
            )
            guard page.count == Self.pageSize else { return }
            last = page.last?.position
        }
    }

    func insert(_ entries: [(IndexedContent, LogPosition)]) {
        insert(entries.compactMap { content, position in content.fingerprint.map { ($0, position) } })
    }

    private func insert(_ fingerprints: [(PDQFingerprint, LogPosition)]) {
        index.insert(contentsOf: fingerprints.map { ($0.0, Self.key($0.1)) })
    }

    /// Does nothing for a registration without a fingerprint.
    func remove(_ position: LogPosition) { index.remove(Self.key(position)) }

    /// Everything within the near-copy distance in any of the eight orientations, closest first, then earliest.
    func matches(for result: PDQResult, limit: Int) -> [(
        position: LogPosition, distanceBits: Int, orientation: Orientation
    )] {
        guard result.isIndexable else { return [] }
        return index.matches(for: result, within: PDQFingerprint.nearCopyDistanceBits, limit: limit).map {
            (LogPosition(lane: LaneID($0.key.lane), index: LeafIndex($0.key.index)), $0.distanceBits, $0.orientation)
        }
    }

    private static func key(_ position: LogPosition) -> EntryKey {
        EntryKey(lane: position.lane.rawValue, index: position.index.value)
    }
}
