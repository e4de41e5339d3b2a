import EvidenceStore
import Fingerprints
import SimilarityIndex

/// Finds pictures of the feed that look like one that is registered now. In memory, read from the store at every start.
final class FeedIndex: Sendable {
    /// Rows read at once.
    private static let pageSize = 1000
    /// Pictures of the feed that one registration is compared with; a thief's shop has fewer of one photo.
    private static let matchLimit = 1000

    private let index = FingerprintIndex()

    var isEmpty: Bool { index.count == 0 }
    /// Pictures, each of which is there in eight orientations.
    var count: Int { index.count / Orientation.allCases.count }

    func rebuild(from store: Store) throws {
        var last: UInt64?
        while true {
            let page = try store.feedPictures(after: last, limit: Self.pageSize)
            for row in page { insert(try FeedPicture(row.bytes).pdq, number: row.number) }
            guard page.count == Self.pageSize else { return }
            last = page.last?.number
        }
    }

    /// All eight orientations: of registered pictures the store keeps one fingerprint each.
    func insert(_ pdq: PDQResult?, number: UInt64) {
        guard let pdq, pdq.isIndexable else { return }
        index.insert(
            contentsOf: zip(pdq.orientations, UInt16(0)...).map { ($0, EntryKey(lane: $1, index: number)) }
        )
    }

    /// In memory nothing can fail to be removed.
    func remove(_ number: UInt64) {
        for lane in 0..<UInt16(Orientation.allCases.count) {
            _ = try? index.remove(EntryKey(lane: lane, index: number))
        }
    }

    /// Numbers of the pictures within the near-copy distance, in any orientation.
    func numbers(near fingerprint: PDQFingerprint) -> Set<UInt64> {
        let copies = Array(repeating: fingerprint, count: Orientation.allCases.count)
        let query = PDQResult(quality: PDQFingerprint.indexedQualityMinimum, orientations: copies)
        return Set(index.matches(for: query, limit: Self.matchLimit).map(\.key.index))
    }
}
