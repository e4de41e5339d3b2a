public import Fingerprints
import Synchronization

/// Pages of scanned documents by their fingerprints, in memory: each compared with what is looked for.
///
/// Scans are few beside photos: a million pages are 48 MB, and looking through them takes some milliseconds. Derived:
/// rebuilt from the store's fingerprint rows.
public final class PageIndex: Sendable {
    /// A page within the distance.
    public struct Found: Sendable, Equatable {
        public let key: EntryKey
        /// From 0.
        public let page: Int
        public let distanceBits: Int
    }

    private struct Entry {
        let fingerprint: PDQFingerprint
        let key: EntryKey
        let page: UInt8
    }

    private let entries = Mutex<[Entry]>([])

    public init() {}

    public var count: Int { entries.withLock { $0.count } }

    /// - Parameter pages: Numbers from 0 to 255. The caller leaves out blank ones.
    public func insert(_ pages: [(page: Int, fingerprint: PDQFingerprint)], key: EntryKey) {
        entries.withLock { entries in
            entries += pages.map { Entry(fingerprint: $0.fingerprint, key: key, page: UInt8(clamping: $0.page)) }
        }
    }

    public func remove(_ key: EntryKey) {
        entries.withLock { $0.removeAll { $0.key == key } }
    }

    /// Every page within the distance in any of the eight orientations, closest first, then in log order.
    public func matches(
        for picture: PDQResult,
        within distanceBits: Int = PDQFingerprint.nearCopyDistanceBits,
        limit: Int
    ) -> [Found] {
        guard picture.isIndexable else { return [] }
        let snapshot = entries.withLock { $0 }
        let found = snapshot.compactMap { entry -> Found? in
            let distance = picture.orientations.map { entry.fingerprint.distanceBits(to: $0) }.min() ?? .max
            guard distance <= distanceBits else { return nil }
            return Found(key: entry.key, page: Int(entry.page), distanceBits: distance)
        }
        let order = found.sorted { ($0.distanceBits, $0.key, $0.page) < ($1.distanceBits, $1.key, $1.page) }
        return Array(order.prefix(limit))
    }
}
