import CRocksDB

/// Owns the options of reads; always with checksums verified.
struct ReadOptions: ~Copyable {
    let handle: OpaquePointer

    /// - Parameter fillCache: Whether blocks read stay in the cache; `false` for long walks.
    /// - Parameter snapshot: Whose rows are read; the owner keeps it alive. `nil` reads the newest.
    init(fillCache: Bool, snapshot: Snapshot? = nil) {
        handle = rocksdb_readoptions_create()
        rocksdb_readoptions_set_verify_checksums(handle, 1)
        rocksdb_readoptions_set_fill_cache(handle, fillCache ? 1 : 0)
        if let snapshot { rocksdb_readoptions_set_snapshot(handle, snapshot.handle) }
    }

    deinit { rocksdb_readoptions_destroy(handle) }
}
