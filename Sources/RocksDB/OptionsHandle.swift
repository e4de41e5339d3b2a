import CRocksDB

/// Owns `rocksdb_options_t`: the options of the database together with those of one family.
///
/// RocksDB copies them when it opens, so they may go right after.
struct OptionsHandle: ~Copyable {
    let handle: OpaquePointer

    init(_ options: DatabaseOptions, cache: borrowing BlockCache) throws(RocksDBError) {
        handle = rocksdb_options_create()
        // First, because the options that come out of the string start from defaults. It has no setter in C.
        let base: OpaquePointer = rocksdb_options_create()
        defer { rocksdb_options_destroy(base) }
        try checked { rocksdb_get_options_from_string(base, "track_and_verify_wals_in_manifest=true", handle, $0) }
        setSafety(options)
        setResources(options)
        setTable(FamilyOptions(name: ""), cache: cache)
    }

    init(
        _ options: DatabaseOptions,
        family: FamilyOptions,
        cache: borrowing BlockCache
    ) throws(RocksDBError) {
        try self.init(options, cache: cache)
        setTable(family, cache: cache)
        switch family.compression {
        case .none: rocksdb_options_set_compression(handle, Int32(rocksdb_no_compression))
        case .zstandard: rocksdb_options_set_compression(handle, Int32(rocksdb_zstd_compression))
        }
        guard let blobByteCount = family.blobByteCount else { return }
        rocksdb_options_set_enable_blob_files(handle, 1)
        rocksdb_options_set_min_blob_size(handle, UInt64(blobByteCount))
        // Collection rewrites blob files whose rows were deleted; without it erased bytes would stay for ever.
        rocksdb_options_set_enable_blob_gc(handle, 1)
    }

    deinit { rocksdb_options_destroy(handle) }

    private func setSafety(_ options: DatabaseOptions) {
        let isNew: UInt8 = options.expectation == .new ? 1 : 0
        rocksdb_options_set_create_if_missing(handle, isNew)
        rocksdb_options_set_error_if_exists(handle, isNew)
        // A family added by a later version of the same format is made on opening.
        rocksdb_options_set_create_missing_column_families(handle, 1)
        rocksdb_options_set_paranoid_checks(handle, 1)
        // Families are flushed together, so that no family is ever newer on disk than another.
        rocksdb_options_set_atomic_flush(handle, 1)
        let recovery =
            switch options.recovery {
            case .tolerateCorruptedTail: rocksdb_tolerate_corrupted_tail_records_recovery
            case .pointInTime: rocksdb_point_in_time_recovery
            case .skipCorrupted: rocksdb_skip_any_corrupted_records_recovery
            }
        rocksdb_options_set_wal_recovery_mode(handle, Int32(recovery))
    }

    private func setResources(_ options: DatabaseOptions) {
        rocksdb_options_set_db_write_buffer_size(handle, options.writeBufferByteCount)
        rocksdb_options_set_write_buffer_size(handle, options.writeBufferByteCount)
        rocksdb_options_set_max_write_buffer_number(handle, 3)
        // Bounds how long opening replays.
        rocksdb_options_set_max_total_wal_size(handle, UInt64(options.writeBufferByteCount) * 4)
        // Each open file holds a reader; their indexes are in the block cache, so few need to stay open.
        rocksdb_options_set_max_open_files(handle, 512)
        rocksdb_options_set_max_background_jobs(handle, 2)
        // Level compaction moves tables of keys that only grow from level to level and never merges them: each flush
        // would leave a small file in every family for ever.
        rocksdb_options_set_compaction_style(handle, Int32(rocksdb_universal_compaction))
        rocksdb_options_set_disable_auto_compactions(handle, options.compactsByItself ? 0 : 1)
        // Writes tables out as they grow rather than all at once, so that a batch's sync never queues behind them.
        rocksdb_options_set_bytes_per_sync(handle, 1 << 20)
        rocksdb_options_set_max_log_file_size(handle, 4 << 20)
        rocksdb_options_set_keep_log_file_num(handle, 4)
    }

    private func setTable(_ family: FamilyOptions, cache: borrowing BlockCache) {
        let table: OpaquePointer = rocksdb_block_based_options_create()
        defer { rocksdb_block_based_options_destroy(table) }
        rocksdb_block_based_options_set_block_cache(table, cache.handle)
        rocksdb_block_based_options_set_block_size(table, family.blockByteCount)
        rocksdb_block_based_options_set_format_version(table, 5)
        rocksdb_block_based_options_set_cache_index_and_filter_blocks(table, 1)
        rocksdb_block_based_options_set_pin_l0_filter_and_index_blocks_in_cache(table, 1)
        if family.hasBloomFilter {
            // The table takes the policy over and frees it. Ten bits a key: one false answer in a hundred.
            rocksdb_block_based_options_set_filter_policy(table, rocksdb_filterpolicy_create_bloom_full(10))
        }
        rocksdb_options_set_block_based_table_factory(handle, table)
    }
}
