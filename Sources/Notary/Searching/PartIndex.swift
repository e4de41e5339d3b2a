import EvidenceStore
import Fingerprints
import Foundation
import Logging
import MerkleLog
import SimilarityIndex

/// The index of pictures' parts beside its store: what is sequenced with a sketch is found from the next search on.
///
/// Derived, as ``PictureIndex`` is: what its files lack is read from the store's sketches.
final class PartIndex: Sendable {
    /// Sketches read at once: 24 kB each.
    private static let pageSize = 256

    private let index: PartialIndex

    /// Pictures whose parts are found.
    var count: Int { index.count }

    /// - Parameter isOfThisLog: Whether the files beside it were found to go with the store's log.
    /// - Throws: ``NotaryError`` with `.storeFailed` when the folder cannot be used; `StoreError`.
    init(folder: String, store: Store, isOfThisLog: Bool, logger: Logger) throws {
        do {
            if !isOfThisLog, FileManager.default.fileExists(atPath: folder) {
                try FileManager.default.removeItem(atPath: folder)
            }
            index = try PartialIndex(
                folder: folder,
                report: { logger.warning("the index of parts is not kept as it should", metadata: ["why": "\($0)"]) }
            )
        } catch {
            throw NotaryError(
                .storeFailed,
                "The index of parts in \(folder) cannot be opened. It may be moved away: it is made anew from the store.",
                cause: error
            )
        }
        if let discarded = index.discarded {
            logger.warning("the index of parts is made anew", metadata: ["why": "\(discarded)"])
        }
        try insertSketches(of: store)
        try removeErased(in: store)
    }

    private func insertSketches(of store: Store) throws {
        var last: LogPosition?
        while true {
            let page = try store.placesWithDerived(LocalFeatures.algorithm, after: last, limit: Self.pageSize)
            let new = page.prefix { $0.index.value >= index.covered(lane: $0.lane.rawValue) }
            index.insert(
                contentsOf: try new.compactMap { position in
                    try store.derived(LocalFeatures.algorithm, at: position).flatMap(PictureSketch.init).map {
                        (PreparedFeatures($0.features), position.key)
                    }
                }
            )
            if new.count < page.count {
                let lane = page[new.count].lane
                last = LogPosition(lane: lane, index: LeafIndex(index.covered(lane: lane.rawValue) - 1))
            } else if page.count == Self.pageSize {
                last = page.last
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
        index.insert(
            contentsOf: entries.compactMap { content, position in content.features.map { ($0, position.key) } }
        )
    }

    /// Does nothing for a registration without a sketch.
    func remove(_ position: LogPosition) { index.remove(position.key) }

    /// Pictures that share features with this one, likeliest first, each with the reading that it shares them in.
    func candidates(for query: QuerySketch, limit: Int) -> [(position: LogPosition, reading: QuerySketch.Reading)] {
        index.candidates(for: query, limit: limit).map { (LogPosition($0.key), $0.reading) }
    }
}
