@testable import EvidenceStore
import RocksDB

/// The database below a store, for what only tests do to it.
enum StoreFiles {
    /// Moves every row from the write-ahead log to its final table.
    static func compact(_ folder: String) throws {
        let database = try Database(folder: folder, families: RocksDBBackend.families, options: .init(.existing))
        try database.flush()
        for family in RocksDBBackend.families.indices { database.compact(family: family) }
    }
}
