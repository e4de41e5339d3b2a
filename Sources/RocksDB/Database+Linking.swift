import CRocksDB

extension Database {
    /// Makes a database of this moment in a new folder, out of hard links: immutable files are shared, nothing of them
    /// is copied where both folders lie on one file system. Writes go on meanwhile.
    ///
    /// Rows not yet in tables are flushed first; what is written while the links are made may be in the new folder's
    /// write-ahead log. Every write that had returned before the call is in it.
    ///
    /// - Parameter folder: Is made; its parent exists, and it does not.
    /// - Throws: ``RocksDBError``; RocksDB then removes what it made.
    public func link(into folder: String) throws(RocksDBError) {
        let linking = try checked { rocksdb_checkpoint_object_create(handle, $0) }
        guard let linking else { throw RocksDBError(.failed, "RocksDB made no checkpoint and gave no reason.") }
        defer { rocksdb_checkpoint_object_destroy(linking) }
        // 0: always flush, so that the write-ahead log that comes along is short.
        try checked { rocksdb_checkpoint_create(linking, folder, 0, $0) }
    }

    /// Drops a family with all its rows. Its files go when the database is opened the next time, at the latest.
    ///
    /// - Parameter position: Of the family in the list given on opening; it is not used again.
    public func dropFamily(_ position: Int) throws(RocksDBError) {
        try checked { rocksdb_drop_column_family(handle, family(position), $0) }
    }
}
