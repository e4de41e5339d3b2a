import RocksDB
import Synchronization

/// Rows in a RocksDB of this process: one column family for each ``Family``.
public final class RocksDBBackend: StoreBackend {
    /// What opening expects to find.
    public enum Expectation: Sendable { case new, existing }

    // Calls take a share of the database and run outside the lock; the last share to go closes it.
    private let database: Mutex<Database?>

    /// - Parameter folder: The database's own folder; its parent exists.
    /// - Throws: ``StoreError`` with code `.absent`, `.alreadyExists`, `.lockedByAnotherProcess`, `.formatTooNew`,
    ///   `.corrupted`, `.full` or `.io`.
    public init(folder: String, expecting expectation: Expectation) throws(StoreError) {
        let options = DatabaseOptions(expectation == .new ? .new : .existing)
        database = Mutex(
            try Self.translated { () throws(RocksDBError) in
                try Database(folder: folder, families: Self.families, options: options)
            }
        )
    }

    public func value(for key: [UInt8], in family: Family) throws(StoreError) -> [UInt8]? {
        let database = try share()
        return try Self.translated { () throws(RocksDBError) in
            try database.value(for: key, in: family.position)
        }
    }

    public func rows(_ scan: Scan) throws(StoreError) -> [Row] {
        let database = try share()
        return try Self.translated { () throws(RocksDBError) in
            let cursor = Cursor(database, family: scan.family.position, fillCache: scan.limit <= Self.cachedRowLimit)
            try Self.begin(scan, cursor)
            var rows: [Row] = []
            while rows.count < scan.limit, let key = try cursor.key(), key.starts(with: scan.prefix) {
                rows.append(Row(key: key, value: cursor.value()))
                if scan.isDescending { cursor.previous() } else { cursor.next() }
            }
            return rows
        }
    }

    public func commit(_ batch: WriteBatch, durability: Durability) throws(StoreError) {
        let database = try share()
        let nativeBatch = Batch(database)
        for operation in batch.operations {
            if let value = operation.value {
                nativeBatch.put(value, for: operation.key, in: operation.family.position)
            } else {
                nativeBatch.delete(operation.key, in: operation.family.position)
            }
        }
        do { try database.write(nativeBatch, sync: durability == .synced) } catch { throw StoreError(error) }
    }

    public func close() { database.withLock { $0 = nil } }

    private func share() throws(StoreError) -> Database {
        guard let database = database.withLock({ $0 }) else {
            throw StoreError(.closed, "The store was closed.")
        }
        return database
    }

    /// Longer scans walk whole families, at start or for an audit, and would push out what requests need.
    private static let cachedRowLimit = 1_000

    private static func begin(_ scan: Scan, _ cursor: borrowing Cursor) throws(RocksDBError) {
        guard scan.isDescending else {
            let start = scan.start ?? scan.prefix
            return cursor.seek(toOrAfter: start.lexicographicallyPrecedes(scan.prefix) ? scan.prefix : start)
        }
        if let start = scan.start { return cursor.seek(toOrBefore: start) }
        guard let end = scan.prefix.firstKeyAfterPrefix else { return cursor.seekToLast() }
        cursor.seek(toOrBefore: end)
        if try cursor.key() == end { cursor.previous() }
    }

    private static func translated<Result>(
        _ body: () throws(RocksDBError) -> Result
    ) throws(StoreError) -> Result {
        do { return try body() } catch { throw StoreError(error) }
    }
}
