import CRocksDB

/// Walks the keys of one family in order, over the rows as they were when it was made.
///
/// Keeps the database alive; the options too, because the iterator points into them.
public struct Cursor: ~Copyable {
    private let database: Database
    private let snapshot: Snapshot?
    private let options: ReadOptions
    private let handle: OpaquePointer

    /// - Parameter fillCache: Whether blocks read stay in the cache; `false` for long walks.
    /// - Parameter snapshot: Whose rows it walks; `nil` walks those of this moment.
    public init(_ database: Database, family: Int, fillCache: Bool, snapshot: Snapshot? = nil) {
        self.database = database
        self.snapshot = snapshot
        options = ReadOptions(fillCache: fillCache, snapshot: snapshot)
        handle = rocksdb_create_iterator_cf(database.handle, options.handle, database.family(family))
    }

    deinit { rocksdb_iter_destroy(handle) }

    /// Goes to the first key at or after `key`.
    public func seek(toOrAfter key: [UInt8]) {
        key.withCharacters { rocksdb_iter_seek(handle, $0, $1) }
    }

    /// Goes to the last key at or before `key`.
    public func seek(toOrBefore key: [UInt8]) {
        key.withCharacters { rocksdb_iter_seek_for_prev(handle, $0, $1) }
    }

    public func seekToLast() { rocksdb_iter_seek_to_last(handle) }

    public func next() { rocksdb_iter_next(handle) }

    public func previous() { rocksdb_iter_prev(handle) }

    /// The key here, or `nil` past either end.
    ///
    /// - Throws: ``RocksDBError`` when the walk ended because reading failed rather than at the end.
    public func key() throws(RocksDBError) -> [UInt8]? {
        guard rocksdb_iter_valid(handle) != 0 else {
            try checked { rocksdb_iter_get_error(handle, $0) }
            return nil
        }
        var count = 0
        guard let base = rocksdb_iter_key(handle, &count) else { return [] }
        return bytes(base, count)
    }

    /// The value here. Only while ``key()`` is not `nil`.
    public func value() -> [UInt8] {
        precondition(rocksdb_iter_valid(handle) != 0, "A cursor past the end has no value.")
        var count = 0
        guard let base = rocksdb_iter_value(handle, &count) else { return [] }
        return bytes(base, count)
    }
}
