import RocksDB
import Synchronization

/// The rows of a ``RocksDBBackend`` as they were at one moment.
final class RocksDBSnapshot: StoreBackend {
    // Calls take a share of the snapshot and run outside the lock; the last share to go releases it.
    private let current: Mutex<Snapshot?>

    init(_ database: Database) { current = Mutex(Snapshot(database)) }

    func value(for key: [UInt8], in family: Family) throws(StoreError) -> [UInt8]? {
        let snapshot = try share()
        return try StoreError.translating { () throws(RocksDBError) in
            try snapshot.database.value(for: key, in: family.position, at: snapshot)
        }
    }

    func rows(_ scan: Scan) throws(StoreError) -> [Row] {
        let snapshot = try share()
        return try scan.rows(in: snapshot.database, at: snapshot)
    }

    func commit(_ batch: WriteBatch, durability: Durability) throws(StoreError) {
        throw StoreError(.invalidArgument, "A snapshot of the store is for reading only.")
    }

    func snapshot() throws(StoreError) -> any StoreBackend {
        throw StoreError(.invalidArgument, "A snapshot has no snapshots.")
    }

    func purge(_ family: Family) throws(StoreError) -> Bool {
        throw StoreError(.invalidArgument, "A snapshot of the store is for reading only.")
    }

    func close() { current.withLock { $0 = nil } }

    private func share() throws(StoreError) -> Snapshot {
        guard let snapshot = current.withLock({ $0 }) else { throw StoreError(.closed, "The store was closed.") }
        return snapshot
    }
}
