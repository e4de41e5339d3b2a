public import Fingerprints
import Synchronization

/// The one index that all tasks share: look-ups run side by side while the sequencer inserts its batches.
///
/// Not an actor, so that a scan never waits for another: the lock is held only to take a snapshot of the table (a copy
/// of one reference per chunk) or to change it. A look-up sees every insertion that returned before it began.
public final class FingerprintIndex: Sendable {
    private let table: Mutex<HammingTable>

    public init() { table = Mutex(HammingTable()) }

    public var count: Int { table.withLock { $0.count } }

    /// Adds one fingerprint. The caller inserts each key once, and only fingerprints of pictures that are
    /// ``PDQResult/isIndexable``: flat pictures match everything.
    public func insert(_ fingerprint: PDQFingerprint, key: EntryKey) {
        insert(contentsOf: CollectionOfOne((fingerprint: fingerprint, key: key)))
    }

    /// Adds a batch under one lock. The rules of ``insert(_:key:)`` hold.
    public func insert(contentsOf entries: some Collection<(fingerprint: PDQFingerprint, key: EntryKey)>) {
        table.withLock { table in
            for (fingerprint, key) in entries { table.insert(fingerprint, key: key) }
        }
    }

    /// Takes an erased registration out. Walks the whole table.
    ///
    /// - Returns: Whether the key was there.
    @discardableResult
    public func remove(_ key: EntryKey) -> Bool { table.withLock { $0.remove(key) } }

    /// Every indexed picture within the distance in any of the eight orientations, closest first, then in log order.
    ///
    /// Exact: nothing within the distance is missed, unless more than `limit` are found.
    ///
    /// - Returns: At most `limit` matches, each key once with its best orientation; none when the picture looked for is
    ///   not ``PDQResult/isIndexable``.
    public func matches(
        for picture: PDQResult,
        within distanceBits: Int = PDQFingerprint.nearCopyDistanceBits,
        limit: Int
    ) -> [Match] {
        guard picture.isIndexable else { return [] }
        let snapshot = table.withLock { $0 }
        return snapshot.matches(for: picture.orientations, within: distanceBits, limit: limit)
    }
}
