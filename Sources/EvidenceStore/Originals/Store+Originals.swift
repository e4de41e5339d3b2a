public import MerkleLog

extension Store {
    /// Begins to write an original, before its registration exists.
    public func originalWriter(for account: AccountID) throws(StoreError) -> OriginalWriter {
        try OriginalWriter(backend, account: account)
    }

    /// The original of this account's registration; `nil` when there is none, it was not kept or it is another's.
    public func original(of id: LeafHash, for account: AccountID) throws(StoreError) -> OriginalReader? {
        guard let (position, row) = try recordRow(id), row.account == account, let original = row.original,
            let key = try recordKey(id, at: position)
        else { return nil }
        return OriginalReader(backend, original, key: key)
    }

    /// Deletes an original whose registration did not come about. Does nothing to one that a record names.
    ///
    /// Only after the sequencer has answered: while a batch is under way, its originals are not yet named.
    public func discard(_ original: WrittenOriginal) throws(StoreError) {
        let isPending = try backend.value(for: original.object.bytes, in: .pendingOriginals) != nil
        if isPending { try backend.deleteOriginal(original.object) }
    }

    /// Deletes originals that no record names. Only while opening: a writer's chunks look the same.
    func sweepOriginals() throws(StoreError) {
        while true {
            let rows = try backend.rows(Scan(.pendingOriginals, limit: 100))
            for row in rows { try backend.deleteOriginal(ObjectID(bytes: row.key)) }
            if rows.isEmpty { return }
        }
    }
}

extension StoreBackend {
    /// Deletes an original's chunks, and last the row by which a sweep finds them.
    func deleteOriginal(_ object: ObjectID) throws(StoreError) {
        var batch = WriteBatch()
        while let row = try rows(Scan(.originals, prefix: object.bytes, limit: 1)).first {
            batch = WriteBatch()
            batch.delete(row.key, in: .originals)
            try commit(batch, durability: .buffered)
        }
        batch = WriteBatch()
        batch.delete(object.bytes, in: .pendingOriginals)
        try commit(batch, durability: .buffered)
    }
}
