import EvidenceStore
import Fingerprints
import MerkleLog
import SimilarityIndex

/// The indexes of documents beside their store: texts, and pages of scans.
///
/// Derived: they live in memory and are read from the store's fingerprint rows at every start.
final class DocumentIndex: Sendable {
    /// Rows read at once while rebuilding.
    private static let pageSize = 10_000

    private let texts = TextIndex()
    private let pages = PageIndex()

    var textCount: Int { texts.count }

    func rebuild(from store: Store) throws {
        try Self.forEachRow(of: TextFingerprint.algorithm, in: store) { row in
            guard row.quality >= TextFingerprint.indexedQualityMinimum else { return }
            insert(text: TextFingerprint(bytes: row.bytes), pages: nil, at: row.position)
        }
        try Self.forEachRow(of: PageFingerprints.algorithm, in: store) { row in
            insert(text: nil, pages: PageFingerprints(bytes: row.bytes), at: row.position)
        }
    }

    func insert(text: TextFingerprint?, pages: PageFingerprints?, at position: LogPosition) {
        if let text { texts.insert(text, key: Self.key(position)) }
        let indexed = (pages?.pages ?? []).enumerated()
            .filter { $0.element.quality >= PDQFingerprint.indexedQualityMinimum }
        self.pages.insert(indexed.map { ($0.offset, $0.element.fingerprint) }, key: Self.key(position))
    }

    /// Does nothing for a registration that is no document.
    func remove(_ position: LogPosition) {
        texts.remove(Self.key(position))
        pages.remove(Self.key(position))
    }

    /// Most similar first, then in log order.
    func matches(for text: TextFingerprint, limit: Int) -> [(position: LogPosition, similarity: Double)] {
        texts.matches(for: text, limit: limit).map { (Self.position($0.key), $0.similarity) }
    }

    /// Pages within PDQ's near-copy distance of this one in any orientation, closest first.
    func matches(
        forPage page: PDQResult,
        limit: Int
    ) -> [(position: LogPosition, page: Int, distanceBits: Int)] {
        pages.matches(for: page, limit: limit).map { (Self.position($0.key), $0.page, $0.distanceBits) }
    }

    private static func forEachRow(
        of algorithm: String,
        in store: Store,
        _ body: (StoredFingerprint) -> Void
    ) throws {
        var last: LogPosition?
        while true {
            let page = try store.fingerprints(algorithm, after: last, limit: pageSize)
            page.forEach(body)
            guard page.count == pageSize else { return }
            last = page.last?.position
        }
    }

    private static func key(_ position: LogPosition) -> EntryKey {
        EntryKey(lane: position.lane.rawValue, index: position.index.value)
    }

    private static func position(_ key: EntryKey) -> LogPosition {
        LogPosition(lane: LaneID(key.lane), index: LeafIndex(key.index))
    }
}
