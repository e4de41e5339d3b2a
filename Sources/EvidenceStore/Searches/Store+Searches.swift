import Bytes

/// Searches are nobody's evidence: they are written unsynced, end by themselves, and no store copy holds them.
extension Store {
    /// The picture in chunks of this size, as originals are.
    private static let searchChunkBytes = OriginalWriter.chunkByteCount
    /// Rows looked at together while sweeping.
    private static let searchPageSize = 256

    /// Keeps what was found, sealed under a key of its own, and takes the account's oldest searches away past a count.
    ///
    /// - Parameters:
    ///   - picture: What was looked for; `nil` when it need not be shown again.
    ///   - ends: Milliseconds since 1970.
    ///   - limit: The most searches of the account, at least 1.
    public func keep(
        _ id: AccountRowID,
        answer: [UInt8],
        picture: [UInt8]?,
        for account: AccountID,
        until ends: Int64,
        limit: Int
    ) throws(StoreError) {
        let place = Keys.accountRow(account, id)
        let key = try RecordKey()
        var value: [UInt8] = []
        value.append(bigEndian: UInt64(clamping: ends))
        value += try key.wrapped(by: masterKey, authenticating: place)
        var batch = WriteBatch()
        batch.put(value, for: place, in: .searches)
        var chunks = [answer]
        if let picture {
            for start in stride(from: 0, to: picture.count, by: Self.searchChunkBytes) {
                chunks.append(Array(picture[start..<min(start + Self.searchChunkBytes, picture.count)]))
            }
        }
        for (number, chunk) in chunks.enumerated() {
            let name = Keys.searchChunk(account, id, UInt32(number))
            batch.put(try key.seal(chunk, authenticating: name), for: name, in: .searchData)
        }
        try backend.commit(batch, durability: .buffered)
        let kept = try backend.rows(Scan(.searches, prefix: Keys.prefix(account), limit: limit + Self.searchPageSize))
        for row in kept.dropLast(limit) { try deleteSearch(row.key) }
    }

    /// A kept search of this account; `nil` when there is none of this name, it ended, or it is another's.
    ///
    /// - Parameter now: Milliseconds since 1970.
    public func search(_ id: AccountRowID, for account: AccountID, now: Int64) throws(StoreError) -> KeptSearch? {
        guard let (ends, key) = try searchKey(id, account, now) else { return nil }
        let name = Keys.searchChunk(account, id, 0)
        guard let sealed = try backend.value(for: name, in: .searchData) else { return nil }
        return KeptSearch(id: id, ends: ends, answer: try key.open(sealed, authenticating: name))
    }

    /// The picture that a kept search looked for; `nil` when it was not kept, or the search is not there.
    public func searchPicture(_ id: AccountRowID, for account: AccountID, now: Int64) throws(StoreError) -> [UInt8]? {
        guard let (_, key) = try searchKey(id, account, now) else { return nil }
        var picture: [UInt8] = []
        var number: UInt32 = 1
        while let sealed = try backend.value(for: Keys.searchChunk(account, id, number), in: .searchData) {
            picture += try key.open(sealed, authenticating: Keys.searchChunk(account, id, number))
            number += 1
        }
        return picture.isEmpty ? nil : picture
    }

    /// An account's kept searches, the newest first.
    public func searches(of account: AccountID, now: Int64, limit: Int) throws(StoreError) -> [KeptSearch] {
        let rows = try backend.rows(
            Scan(.searches, prefix: Keys.prefix(account), isDescending: true, limit: limit)
        )
        var searches: [KeptSearch] = []
        for row in rows {
            guard let id = AccountRowID(row.key.suffix(AccountRowID.byteCount)) else { continue }
            if let search = try search(id, for: account, now: now) { searches.append(search) }
        }
        return searches
    }

    /// - Returns: Whether there was such a search of this account.
    public func eraseSearch(_ id: AccountRowID, for account: AccountID) throws(StoreError) -> Bool {
        let place = Keys.accountRow(account, id)
        guard try backend.value(for: place, in: .searches) != nil else { return false }
        try deleteSearch(place)
        return true
    }

    /// Deletes searches that have ended, of all accounts.
    ///
    /// - Returns: How many.
    public func sweepSearches(now: Int64) throws(StoreError) -> Int {
        var count = 0
        var start: [UInt8] = []
        while true {
            let rows = try backend.rows(Scan(.searches, start: start, limit: Self.searchPageSize))
            for row in rows {
                var reader = ByteReader(row.value)
                guard let ends = reader.read(bigEndian: UInt64.self), Int64(clamping: ends) > now else {
                    try deleteSearch(row.key)
                    count += 1
                    continue
                }
            }
            guard rows.count == Self.searchPageSize, let last = rows.last else { return count }
            start = last.key + [0]
        }
    }

    /// Takes the keys of deleted searches out of the store's files: without them what is left there says nothing.
    ///
    /// - Returns: Whether none is left; `false` while a reader of older rows keeps them.
    public func purgeSearches() throws(StoreError) -> Bool { try backend.purge(.searches) }

    /// The key first: whatever a crash leaves of the rest does not open.
    private func deleteSearch(_ place: [UInt8]) throws(StoreError) {
        var batch = WriteBatch()
        batch.delete(place, in: .searches)
        for row in try backend.rows(Scan(.searchData, prefix: place, limit: Self.searchPageSize)) {
            batch.delete(row.key, in: .searchData)
        }
        try backend.commit(batch, durability: .buffered)
    }

    private func searchKey(
        _ id: AccountRowID,
        _ account: AccountID,
        _ now: Int64
    ) throws(StoreError) -> (ends: Int64, RecordKey)? {
        let place = Keys.accountRow(account, id)
        guard let value = try backend.value(for: place, in: .searches) else { return nil }
        var reader = ByteReader(value)
        guard let ends = reader.read(bigEndian: UInt64.self) else { throw .malformedRow(in: .searches) }
        guard Int64(clamping: ends) > now else { return nil }
        let wrapped = Array(value.suffix(reader.remainingCount))
        return (Int64(clamping: ends), try RecordKey(wrapped: wrapped, by: masterKey, authenticating: place))
    }
}
