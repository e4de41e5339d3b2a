public import Bytes
import MerkleLog

/// What came by in feeds, and what it was found to be.
extension Store {
    /// When a watch saw a picture of these bytes; `nil` when it did not, or has forgotten it.
    public func feedPicture(_ sha256: Digest256, in watch: WatchID) throws(StoreError) -> UInt64? {
        try backend.value(for: Keys.feedSeen(watch, sha256), in: .feedSeen)
            .map { (value) throws(StoreError) in try Self.number(value) }
    }

    /// Keeps a picture with what was found for it at once, in one write.
    ///
    /// - Parameter due: When its hits are to be delivered; `nil` for never.
    /// - Returns: Its number; `nil` when the watch is gone, or has seen these bytes meanwhile.
    public func addToFeed(
        _ bytes: [UInt8],
        sha256: Digest256,
        seenAt: Int64,
        watch: WatchID,
        of account: AccountID,
        hits: [NewHit],
        due: Int64?
    ) throws(StoreError) -> UInt64? {
        try exclusively { () throws(StoreError) in
            guard let key = try watchKey(watch, of: account), try feedPicture(sha256, in: watch) == nil else {
                return nil
            }
            let newest = try backend.rows(Scan(.feedPictures, isDescending: true, limit: 1)).first
            let number = try newest.map { (row) throws(StoreError) in try Self.number(row.key) + 1 } ?? 1
            var value = watch.bytes
            value.append(bigEndian: account.rawValue)
            value.append(bigEndian: UInt64(bitPattern: seenAt))
            value += sha256.bytes
            value += try key.seal(bytes, authenticating: Self.associated(watch, "picture/\(number)"))
            var batch = WriteBatch()
            batch.put(value, for: Keys.number(number), in: .feedPictures)
            batch.put(Keys.number(number), for: Keys.feedSeen(watch, sha256), in: .feedSeen)
            _ = try put(hits, watch, account, key, due: due, in: &batch)
            try backend.commit(batch, durability: .synced)
            return number
        }
    }

    /// Those of an existing watch, after a number or from the beginning; fewer than `limit` only at the end.
    public func feedPictures(after number: UInt64?, limit: Int) throws(StoreError) -> [StoredFeedPicture] {
        var pictures: [StoredFeedPicture] = []
        var start = number.map { Keys.number($0 + 1) }
        while pictures.count < limit {
            let rows = try backend.rows(Scan(.feedPictures, start: start, limit: limit - pictures.count))
            for row in rows {
                if let picture = try feedPicture(row) { pictures.append(picture) }
            }
            guard let last = rows.last else { break }
            start = last.key + [0]
        }
        return pictures
    }

    /// `nil` when it was swept, or its watch deleted.
    public func feedPicture(_ number: UInt64) throws(StoreError) -> StoredFeedPicture? {
        guard let value = try backend.value(for: Keys.number(number), in: .feedPictures) else { return nil }
        return try feedPicture(Row(key: Keys.number(number), value: value))
    }

    /// Forgets pictures that came before a time, and those of watches that are gone.
    ///
    /// - Returns: Their numbers.
    public func sweepFeed(before time: Int64) throws(StoreError) -> [UInt64] {
        let existing = Set(try watches().map(\.id))
        var seen: [[UInt8]] = []
        let swept = try deleteFeedRows(in: .feedPictures) { (row) throws(StoreError) in
            let picture = try Self.feedRow(row)
            guard picture.seenAt < time || !existing.contains(picture.watch) else { return false }
            seen.append(Keys.feedSeen(picture.watch, picture.sha256))
            return true
        }
        var batch = WriteBatch()
        for key in seen { batch.delete(key, in: .feedSeen) }
        try backend.commit(batch, durability: .synced)
        return try swept.map { (key) throws(StoreError) in try Self.number(key) }
    }

    /// Up to where registrations of a lane were compared with the feed; `nil` before the first time.
    public func feedCursor(_ lane: LaneID) throws(StoreError) -> UInt64? {
        try backend.value(for: Keys.feedCursor(lane), in: .configuration)
            .map { (value) throws(StoreError) in try Self.number(value) }
    }

    public func setFeedCursors(_ cursors: [LaneID: UInt64]) throws(StoreError) {
        var batch = WriteBatch()
        for (lane, index) in cursors { batch.put(Keys.number(index), for: Keys.feedCursor(lane), in: .configuration) }
        try backend.commit(batch, durability: .synced)
    }

    static func number(_ bytes: [UInt8]) throws(StoreError) -> UInt64 {
        var reader = ByteReader(bytes)
        guard let number = reader.read(bigEndian: UInt64.self), reader.isAtEnd else {
            throw .malformedRow(in: .feedPictures)
        }
        return number
    }

    /// What of a picture's row is not sealed.
    static func feedRow(_ row: Row) throws(StoreError) -> (
        watch: WatchID, account: AccountID, seenAt: Int64, sha256: Digest256, sealed: [UInt8]
    ) {
        var reader = ByteReader(row.value.dropFirst(WatchID.byteCount))
        guard let watch = WatchID(Array(row.value.prefix(WatchID.byteCount))), let account = AccountID(&reader),
            let seenAt = reader.read(bigEndian: UInt64.self), let sha256 = reader.readDigest()
        else { throw .malformedRow(in: .feedPictures) }
        return (
            watch, account, Int64(bitPattern: seenAt), sha256, Array(row.value.suffix(reader.remainingCount))
        )
    }

    private func feedPicture(_ row: Row) throws(StoreError) -> StoredFeedPicture? {
        let number = try Self.number(row.key)
        let picture = try Self.feedRow(row)
        guard let key = try watchKey(picture.watch, of: picture.account) else { return nil }
        return StoredFeedPicture(
            number: number,
            watch: picture.watch,
            account: picture.account,
            seenAt: picture.seenAt,
            sha256: picture.sha256,
            bytes: try key.open(
                picture.sealed,
                authenticating: Self.associated(picture.watch, "picture/\(number)")
            )
        )
    }
}
