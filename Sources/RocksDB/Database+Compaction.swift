import CRocksDB

extension Database {
    /// Rewrites a whole family without what was deleted from it, and the write-ahead log's share of it goes too: every
    /// family is flushed together before, so that no log file with older writes stays.
    ///
    /// Blocks for as long as reading and writing the family takes; reads and writes go on meanwhile.
    ///
    /// - Returns: Whether nothing deleted before the call is left in the files. `false` when a snapshot was there, which
    ///   keeps what it sees: call again when it is gone.
    /// - Throws: ``RocksDBError`` with code `.io` when the database could not be written.
    public func compact(_ family: Int) throws(RocksDBError) -> Bool {
        let hadSnapshots = try number("rocksdb.num-snapshots") > 0
        let failures = try number("rocksdb.background-errors")
        let options: OpaquePointer = rocksdb_compactoptions_create()
        defer { rocksdb_compactoptions_destroy(options) }
        // Automatic compactions of other families go on.
        rocksdb_compactoptions_set_exclusive_manual_compaction(options, 0)
        // `BottommostLevelCompaction::kForce` of options.h: also tables that look as if nothing were to gain.
        rocksdb_compactoptions_set_bottommost_level_compaction(options, 2)
        rocksdb_compact_range_cf_opt(handle, self.family(family), options, nil, 0, nil, 0)
        guard try number("rocksdb.background-errors") == failures else {
            throw RocksDBError(.io, "The family could not be rewritten.")
        }
        return !hadSnapshots
    }

    /// A number that the database tells about itself.
    private func number(_ property: String) throws(RocksDBError) -> UInt64 {
        var value: UInt64 = 0
        guard rocksdb_property_int(handle, property, &value) == 0 else {
            throw RocksDBError(.failed, "RocksDB does not tell \(property).")
        }
        return value
    }
}
