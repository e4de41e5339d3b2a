import CRocksDB

/// Puts and deletions that are written together or not at all, in order.
///
/// Keeps the database alive, whose family handles it names.
public struct Batch: ~Copyable {
    private let database: Database
    let handle: OpaquePointer

    public init(_ database: Database) {
        self.database = database
        handle = rocksdb_writebatch_create()
    }

    deinit { rocksdb_writebatch_destroy(handle) }

    public func put(_ value: [UInt8], for key: [UInt8], in family: Int) {
        key.withCharacters { key, keyCount in
            value.withCharacters { value, valueCount in
                rocksdb_writebatch_put_cf(handle, database.family(family), key, keyCount, value, valueCount)
            }
        }
    }

    public func delete(_ key: [UInt8], in family: Int) {
        key.withCharacters { rocksdb_writebatch_delete_cf(handle, database.family(family), $0, $1) }
    }
}
