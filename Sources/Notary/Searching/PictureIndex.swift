import Bytes
import EvidenceStore
import Fingerprints
import Logging
import MerkleLog
import SimilarityIndex

/// The similarity index beside its store: what is sequenced is found from the next search on.
///
/// Derived: its files save reading all of the store at every start. What they lack is read from the store's fingerprint
/// rows, and files that are damaged or go with another store are made anew from those.
final class PictureIndex: Sendable {
    /// Rows read at once.
    private static let pageSize = 10_000

    /// A picture near by its fingerprint.
    struct Near {
        let position: LogPosition
        let distanceBits: Int
        let orientation: Orientation
    }

    private let index: FingerprintIndex
    private let logger: Logger

    var count: Int { index.count }
    /// Whether its files, if there were any, go with the store's log.
    var isOfThisLog: Bool { index.discarded == nil }

    /// - Throws: ``NotaryError`` with `.storeFailed` when the folder cannot be used; `StoreError`.
    init(folder: String, store: Store, logger: Logger) throws {
        self.logger = logger
        do {
            index = try FingerprintIndex(
                folder: folder,
                // An entry is known by its leaf: another log has another one in its place, for the salt in each record.
                identity: { key in try store.entry(at: LogPosition(key)).map { LeafHash(entry: $0).digest.bytes } },
                report: { logger.warning("the picture index is not kept as it should", metadata: ["why": "\($0)"]) }
            )
        } catch let error as IndexError {
            throw NotaryError(
                .storeFailed,
                "The picture index in \(folder) cannot be opened. It may be moved away: it is made anew from the store.",
                cause: error
            )
        }
        if let discarded = index.discarded {
            logger.warning("the picture index is made anew", metadata: ["why": "\(discarded.message)"])
        }
        try insertRows(of: store)
        try removeErased(in: store)
    }

    /// What came since the files were written: all of it when there were none.
    private func insertRows(of store: Store) throws {
        var last: LogPosition?
        while true {
            let page = try store.fingerprints(PDQFingerprint.algorithm, after: last, limit: Self.pageSize)
            let new = page.prefix { $0.position.index.value >= index.covered(lane: $0.position.lane.rawValue) }
            insert(
                new.compactMap { row in
                    guard row.quality >= PDQFingerprint.indexedQualityMinimum else { return nil }
                    return PDQFingerprint(bytes: row.bytes).map { ($0, row.position) }
                }
            )
            if new.count < page.count {
                let lane = page[new.count].position.lane
                last = LogPosition(lane: lane, index: LeafIndex(index.covered(lane: lane.rawValue) - 1))
            } else if page.count == Self.pageSize {
                last = page.last?.position
            } else {
                return
            }
        }
    }

    /// A crash between the store's erasure and the index's leaves a row in the index alone.
    private func removeErased(in store: Store) throws {
        var last: LogPosition?
        repeat {
            let page = try store.erasures(after: last, limit: Self.pageSize)
            for erasure in page { remove(erasure.position) }
            last = page.count == Self.pageSize ? page.last?.position : nil
        } while last != nil
    }

    /// Writes what came since the last segment, so that the next start need not read it from the store.
    func close() { index.seal() }

    func insert(_ entries: [(IndexedContent, LogPosition)]) {
        insert(entries.compactMap { content, position in content.fingerprint.map { ($0, position) } })
    }

    private func insert(_ fingerprints: [(PDQFingerprint, LogPosition)]) {
        index.insert(contentsOf: fingerprints.map { ($0.0, $0.1.key) })
    }

    /// Does nothing for a registration without a fingerprint.
    func remove(_ position: LogPosition) {
        do throws(IndexError) {
            try index.remove(position.key)
        } catch {
            logger.warning(
                "a picture is out of the index in memory alone; the next start takes it out again",
                metadata: ["why": "\(error.message)"]
            )
        }
    }

    /// Everything within the near-copy distance in any of the eight orientations, closest first, then earliest.
    func matches(for result: PDQResult, limit: Int) -> [Near] {
        guard result.isIndexable else { return [] }
        return index.matches(for: result, within: PDQFingerprint.nearCopyDistanceBits, limit: limit).map {
            Near(position: LogPosition($0.key), distanceBits: $0.distanceBits, orientation: $0.orientation)
        }
    }
}
