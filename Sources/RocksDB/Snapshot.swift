import CRocksDB

/// The rows of a database as they are at one moment. What is written later does not show.
///
/// Keeps the database alive. While it is there, compaction keeps the rows that it sees.
public final class Snapshot: Sendable {
    public let database: Database
    // Safe: RocksDB never changes a snapshot, and it is released in `deinit` alone, when no reader can hold it.
    nonisolated(unsafe) let handle: OpaquePointer

    public init(_ database: Database) {
        self.database = database
        handle = rocksdb_create_snapshot(database.handle)
    }

    deinit { rocksdb_release_snapshot(database.handle, handle) }
}
