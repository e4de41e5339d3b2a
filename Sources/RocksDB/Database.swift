import CRocksDB
import Glibc

/// An open database with its column families.
///
/// A family is named by its position in the list given on opening. The database closes when its last owner lets go,
/// batches and cursors included; RocksDB may be called from any thread.
public final class Database: Sendable {
    // Safe: RocksDB synchronises every call on a database and its families. Both are freed in `deinit` alone, when
    // no call can be running; freeing them anywhere else would break this.
    nonisolated(unsafe) let handle: OpaquePointer
    nonisolated(unsafe) private let families: [OpaquePointer]

    /// - Parameter folder: Path of the database's folder; its parent exists.
    /// - Parameter families: Every family, `default` first, which RocksDB always has.
    /// - Throws: ``RocksDBError`` with any of its codes.
    public init(folder: String, families: [FamilyOptions], options: DatabaseOptions) throws(RocksDBError) {
        precondition(families.first?.name == "default", "RocksDB always has a family named default.")
        let cache = BlockCache(byteCount: options.blockCacheByteCount)
        let databaseOptions = try OptionsHandle(options, cache: cache)
        var familyHandles: [OptionsOwner] = []
        for family in families {
            familyHandles.append(OptionsOwner(try OptionsHandle(options, family: family, cache: cache)))
        }
        var handles = [OpaquePointer?](repeating: nil, count: families.count)
        let names = families.map { strdup($0.name) }
        defer { for name in names { free(name) } }
        let opened = try withExtendedLifetime(familyHandles) { () throws(RocksDBError) in
            try checked { slot in
                rocksdb_open_column_families(
                    databaseOptions.handle,
                    folder,
                    Int32(families.count),
                    names.map { UnsafePointer($0) },
                    familyHandles.map { Optional($0.options.handle) },
                    &handles,
                    slot
                )
            }
        }
        guard let opened else { throw RocksDBError(.failed, "RocksDB opened nothing and gave no reason.") }
        handle = opened
        self.families = handles.compactMap(\.self)
    }

    deinit {
        for family in families { rocksdb_column_family_handle_destroy(family) }
        rocksdb_close(handle)
    }

    func family(_ position: Int) -> OpaquePointer { families[position] }

    /// The value under a key, or `nil`; now, or at the moment of a snapshot.
    public func value(
        for key: [UInt8],
        in family: Int,
        at snapshot: Snapshot? = nil
    ) throws(RocksDBError) -> [UInt8]? {
        let options = ReadOptions(fillCache: true, snapshot: snapshot)
        let slice = try checked { slot in
            key.withCharacters { rocksdb_get_pinned_cf(handle, options.handle, self.family(family), $0, $1, slot) }
        }
        guard let slice else { return nil }
        defer { rocksdb_pinnableslice_destroy(slice) }
        var count = 0
        guard let base = rocksdb_pinnableslice_value(slice, &count) else { return [] }
        return bytes(base, count)
    }

    /// Writes all of a batch or none of it.
    ///
    /// - Parameter sync: Whether to wait until the batch, and every earlier one, is on the disk.
    public func write(_ batch: borrowing Batch, sync: Bool) throws(RocksDBError) {
        let options: OpaquePointer = rocksdb_writeoptions_create()
        defer { rocksdb_writeoptions_destroy(options) }
        rocksdb_writeoptions_set_sync(options, sync ? 1 : 0)
        rocksdb_writeoptions_disable_WAL(options, 0)
        let batchHandle = batch.handle
        try checked { rocksdb_write(handle, options, batchHandle, $0) }
    }
}

/// Lets options be kept in an array while they are needed.
private final class OptionsOwner {
    let options: OptionsHandle
    init(_ options: consuming OptionsHandle) { self.options = options }
}

/// A copy of memory that belongs to RocksDB.
func bytes(_ base: UnsafePointer<CChar>, _ count: Int) -> [UInt8] {
    [UInt8](UnsafeRawBufferPointer(start: base, count: count))
}
