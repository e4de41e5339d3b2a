import RocksDB

extension RocksDBBackend {
    /// RocksDB's own `default`, which stays empty, then ours in the order of their declaration.
    static let families = [FamilyOptions(name: "default")] + Family.allCases.map(\.options)
}

extension Family {
    /// Place in ``RocksDBBackend/families``. Asked for each row that is read or written.
    var position: Int { Self.numbers[self, default: 0] }

    private static let numbers = Dictionary(uniqueKeysWithValues: zip(allCases, 1...))

    fileprivate var options: FamilyOptions {
        var options = FamilyOptions(name: rawValue)
        switch self {
        case .entries, .checkpoints, .accounts, .configuration, .erasures:
            // Hexadecimal and notes: text that shrinks by half.
            options.compression = .zstandard
            options.blockByteCount = 16 << 10
        case .timestamps, .renewedRecords:
            // Each response repeats its authority's certificates; a large block lets them be stored once.
            options.compression = .zstandard
            options.blockByteCount = 64 << 10
        case .positions, .idempotency, .tokens, .feedSeen:
            // Often asked for what is not there, and keys are digests: nothing to compress.
            options.hasBloomFilter = true
        case .anchors:
            // Proofs with headers and transactions: hexadecimal text, of some kilobytes.
            options.compression = .zstandard
        case .originals, .derived, .feedPictures, .searchData:
            // Ciphertext of kilobytes to a mebibyte: compaction should not carry it along.
            options.blobByteCount = 4 << 10
        case .records:
            // Most of what a registration leaves on the disk, and written once: carried along by compaction, it would
            // make an entry dearer the longer the log is.
            options.blobByteCount = 256
        case .tiles, .recordKeys, .accountRecords, .accountAuthorities, .digests, .fingerprints, .pendingOriginals,
            .notices, .laneCheckpoints, .cosignatures, .witnesses, .logKeys, .watches, .feedHits, .feedDeliveries,
            .searches, .ignored, .feedback, .floods, .anchorJobs, .calendar:
            // Digests and ciphertext: nothing to compress.
            break
        }
        return options
    }
}
