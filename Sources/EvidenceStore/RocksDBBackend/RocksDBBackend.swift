import RocksDB
import Synchronization

/// Rows in a RocksDB of this process: one column family for each ``Family``.
public final class RocksDBBackend: StoreBackend {
    /// What opening expects to find.
    public enum Expectation: Sendable { case new, existing }

    /// What opening does with a damaged write-ahead log.
    public enum Recovery: Sendable {
        /// Refuses; forgives only an unfinished record at the end, as a crash leaves it.
        case refuse
        /// Drops everything from the damage on. For the operator's recovery alone, on a copy.
        case pointInTime
        /// Leaves the damage out and takes what comes after it. To see what a recovery drops, on a copy.
        case skipCorrupted
    }

    // Calls take a share of the database and run outside the lock; the last share to go closes it.
    private let database: Mutex<Database?>
    /// Once a write has failed nothing more is written until the database is opened again: RocksDB takes up work by
    /// itself when a full disk has room again, and then stops the process over the log file that the failure broke.
    private let hasFailed = Atomic<Bool>(false)
    let folder: String

    /// - Parameter folder: The database's own folder; its parent exists.
    /// - Throws: ``StoreError`` with code `.absent`, `.alreadyExists`, `.lockedByAnotherProcess`, `.formatTooNew`,
    ///   `.corrupted`, `.full` or `.io`.
    public init(
        folder: String,
        expecting expectation: Expectation,
        recovery: Recovery = .refuse
    ) throws(StoreError) {
        var options = DatabaseOptions(expectation == .new ? .new : .existing)
        options.recovery =
            switch recovery {
            case .refuse: .tolerateCorruptedTail
            case .pointInTime: .pointInTime
            case .skipCorrupted: .skipCorrupted
            }
        self.folder = folder
        database = Mutex(
            try StoreError.translating { () throws(RocksDBError) in
                try Database(folder: folder, families: Self.families, options: options)
            }
        )
    }

    /// Owns a database that was opened with ``families``.
    init(_ database: Database, folder: String) {
        self.database = Mutex(database)
        self.folder = folder
    }

    public func value(for key: [UInt8], in family: Family) throws(StoreError) -> [UInt8]? {
        let database = try share()
        return try StoreError.translating { () throws(RocksDBError) in
            try database.value(for: key, in: family.position)
        }
    }

    public func rows(_ scan: Scan) throws(StoreError) -> [Row] {
        let database = try share()
        return try scan.rows(in: database, at: nil)
    }

    public func commit(_ batch: WriteBatch, durability: Durability) throws(StoreError) {
        let database = try share()
        guard !hasFailed.load(ordering: .acquiring) else {
            throw StoreError(.io, "A write has failed before. Nothing more is written until a restart.")
        }
        let nativeBatch = Batch(database)
        for operation in batch.operations {
            if let value = operation.value {
                nativeBatch.put(value, for: operation.key, in: operation.family.position)
            } else {
                nativeBatch.delete(operation.key, in: operation.family.position)
            }
        }
        do {
            try database.write(nativeBatch, sync: durability == .synced)
        } catch {
            hasFailed.store(true, ordering: .releasing)
            throw StoreError(error)
        }
    }

    public func snapshot() throws(StoreError) -> any StoreBackend { RocksDBSnapshot(try share()) }

    public func purge(_ family: Family) throws(StoreError) -> Bool {
        let database = try share()
        return try StoreError.translating { () throws(RocksDBError) in try database.compact(family.position) }
    }

    public func close() { database.withLock { $0 = nil } }

    func share() throws(StoreError) -> Database {
        guard let database = database.withLock({ $0 }) else {
            throw StoreError(.closed, "The store was closed.")
        }
        return database
    }
}
