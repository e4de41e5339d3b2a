import Bytes
public import MerkleLog

extension Store {
    /// Erases a record: its key, the record itself, its original and every row by which it is found, and keeps a receipt
    /// instead. The entry, its leaf and its place stay: they say nothing of the record.
    ///
    /// One synced write: a crash leaves all of the record or nothing but the receipt. Files may hold the key's bytes
    /// until ``purgeErased()``, and those of index rows until the database merges them.
    ///
    /// - Parameters:
    ///   - traces: What the record says of the file; `nil` when it does not open any more, and then whole families are
    ///     walked for its rows.
    ///   - receipt: Kept as it is.
    /// - Returns: The receipt that is kept: an earlier one when the record was erased before.
    /// - Throws: ``StoreError`` with code `.absent` when there is no such record, or what writing throws.
    public func erase(_ id: LeafHash, traces: RecordTraces?, receipt: [UInt8]) throws(StoreError) -> [UInt8] {
        guard let position = try position(of: id) else { throw Self.nothingToErase }
        if let earlier = try erasure(at: position) { return earlier }
        guard let (_, row) = try recordRow(id) else { throw Self.nothingToErase }
        var batch = WriteBatch()
        let place = Keys.position(position)
        batch.delete(place, in: .recordKeys)
        batch.delete(place, in: .records)
        batch.delete(Keys.accountRecord(row.account, position), in: .accountRecords)
        for row in try backend.rows(Scan(.derived, prefix: place, limit: Self.derivedLimit)) {
            batch.delete(row.key, in: .derived)
        }
        try deleteFindingRows(traces, at: position, in: &batch)
        try deleteIdempotency(of: id, row.account, in: &batch)
        if let original = row.original {
            let count = OriginalReader.chunkCount(ofBytes: original.byteCount)
            for number in 0..<count { batch.delete(Keys.chunk(original.object, UInt32(number)), in: .originals) }
        }
        batch.put(receipt, for: place, in: .erasures)
        batch.put(place, for: Keys.purge, in: .configuration)
        return try exclusively { () throws(StoreError) in
            if let earlier = try erasure(at: position) { return earlier }
            // A crash before this line leaves the record as it was; after it, opening finds the receipt.
            try backend.commit(batch, durability: .synced)
            return receipt
        }
    }

    /// The receipt of the record that was erased at this place; `nil` when none was.
    public func erasure(at position: LogPosition) throws(StoreError) -> [UInt8]? {
        try backend.value(for: Keys.position(position), in: .erasures)
    }

    /// Erased records in the order of the log, after a place or from the beginning.
    public func erasures(after position: LogPosition?, limit: Int) throws(StoreError) -> [StoredErasure] {
        let start = position.map { Keys.position($0) + [0] }
        return try backend.rows(Scan(.erasures, start: start, limit: limit)).map { (row) throws(StoreError) in
            guard let position = LogPosition(endOf: row.key) else { throw .malformedRow(in: .erasures) }
            return StoredErasure(position: position, receipt: row.value)
        }
    }

    /// Takes the bytes of erased keys out of the store's files. Blocks for as long as writing all keys anew takes.
    ///
    /// - Returns: Whether nothing is left; `false` while a reader of older rows keeps them: try again later.
    public func purgeErased() throws(StoreError) -> Bool {
        guard let mark = try backend.value(for: Keys.purge, in: .configuration) else { return true }
        guard try backend.purge(.recordKeys) else { return false }
        return try exclusively { () throws(StoreError) in
            // Another erasure may have come meanwhile, and left another place.
            guard try backend.value(for: Keys.purge, in: .configuration) == mark else { return false }
            var batch = WriteBatch()
            batch.delete(Keys.purge, in: .configuration)
            try backend.commit(batch, durability: .buffered)
            return true
        }
    }

    /// A document has one row for each algorithm.
    private static let derivedLimit = 100
    private static let nothingToErase = StoreError(.absent, "There is no record with this id to erase.")

    private func deleteFindingRows(
        _ traces: RecordTraces?,
        at position: LogPosition,
        in batch: inout WriteBatch
    ) throws(StoreError) {
        let place = Keys.position(position)
        if let traces {
            for digest in traces.digests { batch.delete(Keys.digest(digest) + place, in: .digests) }
            for name in traces.fingerprints { batch.delete(Keys.fingerprints(name) + place, in: .fingerprints) }
            return
        }
        for family in [Family.digests, .fingerprints] {
            for key in try keys(in: family, where: { $0.key.suffix(place.count).elementsEqual(place) }) {
                batch.delete(key, in: family)
            }
        }
    }

    /// Its key is the client's, which the record does not say.
    private func deleteIdempotency(
        of id: LeafHash,
        _ account: AccountID,
        in batch: inout WriteBatch
    ) throws(StoreError) {
        let id = id.digest.bytes
        for key in try keys(in: .idempotency, prefix: Keys.prefix(account), where: { $0.value.starts(with: id) }) {
            batch.delete(key, in: .idempotency)
        }
    }

    /// Walks the rows of a family in pages.
    private func keys(
        in family: Family,
        prefix: [UInt8] = [],
        where isWanted: (Row) -> Bool
    ) throws(StoreError) -> [[UInt8]] {
        let pageSize = 10_000
        var found: [[UInt8]] = []
        var start: [UInt8]?
        while true {
            let rows = try backend.rows(Scan(family, prefix: prefix, start: start, limit: pageSize))
            for row in rows where isWanted(row) { found.append(row.key) }
            guard rows.count == pageSize, let last = rows.last else { return found }
            start = last.key + [0]
        }
    }
}
