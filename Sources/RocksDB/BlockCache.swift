import CRocksDB

/// Owns the creator's share of a block cache; tables hold shares of their own.
struct BlockCache: ~Copyable {
    let handle: OpaquePointer

    init(byteCount: Int) { handle = rocksdb_cache_create_lru(byteCount) }

    deinit { rocksdb_cache_destroy(handle) }
}
