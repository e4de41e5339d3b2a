import Bytes

/// What watches found, and what of it webhooks have not taken yet.
extension Store {
    /// Keeps what was found later for pictures that came before.
    ///
    /// - Parameter due: When they are to be delivered; `nil` for never.
    /// - Returns: How many were new.
    public func addHits(
        _ hits: [NewHit],
        watch: WatchID,
        of account: AccountID,
        due: Int64?
    ) throws(StoreError) -> Int {
        try exclusively { () throws(StoreError) in
            guard let key = try watchKey(watch, of: account) else { return 0 }
            var batch = WriteBatch()
            let count = try put(hits, watch, account, key, due: due, in: &batch)
            if count > 0 { try backend.commit(batch, durability: .synced) }
            return count
        }
    }

    /// A watch's hits with their numbers, in the order of finding, after a number or from the beginning.
    public func hits(
        of watch: WatchID,
        of account: AccountID,
        after number: UInt64?,
        limit: Int
    ) throws(StoreError) -> [(number: UInt64, bytes: [UInt8])] {
        guard let key = try watchKey(watch, of: account) else { return [] }
        let start = number.map { Keys.feedHit(watch, $0 &+ 1) }
        return try backend.rows(Scan(.feedHits, prefix: watch.bytes, start: start, limit: limit))
            .map { (row) throws(StoreError) in
                let number = try Self.number(Array(row.key.dropFirst(WatchID.byteCount)))
                let associated = Self.associated(watch, "hit/\(number)")
                return (number, try key.open(row.value, authenticating: associated))
            }
    }

    /// Hits to be delivered by a time, the longest due first.
    public func deliveries(due time: Int64, limit: Int) throws(StoreError) -> [StoredDelivery] {
        try backend.rows(Scan(.feedDeliveries, limit: limit))
            .map { (row) throws(StoreError) in try Self.delivery(row) }
            .filter { $0.due <= time }
    }

    /// How many there are in all, counted up to `limit`.
    public func deliveryCount(upTo limit: Int) throws(StoreError) -> Int {
        try backend.rows(Scan(.feedDeliveries, limit: limit)).count
    }

    /// Takes a delivery out: it was taken, or given up; or puts it off.
    ///
    /// - Parameter time: When to try again; `nil` for never.
    public func finish(_ delivery: StoredDelivery, tryAgainAt time: Int64?) throws(StoreError) {
        var batch = WriteBatch()
        batch.delete(Keys.feedDelivery(delivery.due, delivery.watch, delivery.hit), in: .feedDeliveries)
        if let time, try watch(delivery.watch, of: delivery.account) != nil {
            var value: [UInt8] = []
            value.append(bigEndian: delivery.account.rawValue)
            value.append(bigEndian: delivery.attempts + 1)
            batch.put(value, for: Keys.feedDelivery(time, delivery.watch, delivery.hit), in: .feedDeliveries)
        }
        try backend.commit(batch, durability: .synced)
    }

    /// - Returns: How many were new.
    func put(
        _ hits: [NewHit],
        _ watch: WatchID,
        _ account: AccountID,
        _ key: RecordKey,
        due: Int64?,
        in batch: inout WriteBatch
    ) throws(StoreError) -> Int {
        let newest = try backend.rows(
            Scan(.feedHits, prefix: watch.bytes, start: Keys.feedHit(watch, .max), isDescending: true, limit: 1)
        ).first
        let last = try newest.map { (row) throws(StoreError) in
            try Self.number(Array(row.key.dropFirst(WatchID.byteCount)))
        }
        var number = last ?? 0
        var count = 0
        for hit in hits where try backend.value(for: Keys.feedSeen(watch, hit.pair), in: .feedSeen) == nil {
            number += 1
            count += 1
            batch.put(Keys.number(number), for: Keys.feedSeen(watch, hit.pair), in: .feedSeen)
            let sealed = try key.seal(hit.bytes, authenticating: Self.associated(watch, "hit/\(number)"))
            batch.put(sealed, for: Keys.feedHit(watch, number), in: .feedHits)
            guard let due else { continue }
            var value: [UInt8] = []
            value.append(bigEndian: account.rawValue)
            value.append(bigEndian: UInt16(0))
            batch.put(value, for: Keys.feedDelivery(due, watch, number), in: .feedDeliveries)
        }
        return count
    }

    static func delivery(_ row: Row) throws(StoreError) -> StoredDelivery {
        var key = ByteReader(row.key)
        var value = ByteReader(row.value)
        guard row.key.count == 32, let due = key.read(bigEndian: UInt64.self),
            let watch = WatchID(Array(row.key[8..<24])), let account = AccountID(&value),
            let attempts = value.read(bigEndian: UInt16.self), value.isAtEnd
        else { throw .malformedRow(in: .feedDeliveries) }
        return StoredDelivery(
            due: Int64(bitPattern: due),
            watch: watch,
            account: account,
            hit: try number(Array(row.key[24...])),
            attempts: attempts
        )
    }
}
