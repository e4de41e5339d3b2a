@testable import EvidenceStore
import RocksDB

/// The database below a store, for what only tests do to it.
enum StoreFiles {
    /// Moves every row from the write-ahead log to a table, as opening does.
    static func moveRowsToTables(_ folder: String) throws {
        _ = try Database(folder: folder, families: RocksDBBackend.families, options: .init(.existing))
    }
}
