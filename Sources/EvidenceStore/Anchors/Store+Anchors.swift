import Bytes
public import MerkleLog

extension Store {
    /// Keeps a response for ever: none replaces another, not even of the same authority over the same checkpoint.
    ///
    /// - Throws: ``StoreError`` with code `.invalidArgument` when the name or the imprint has not its length.
    public func putTimestamp(_ timestamp: StoredTimestamp) throws(StoreError) {
        guard 1...255 ~= timestamp.authority.utf8.count, 1...255 ~= timestamp.imprint.count else {
            throw StoreError(.invalidArgument, "An authority's name and an imprint are 1 to 255 bytes.")
        }
        var batch = WriteBatch()
        batch.put(timestamp.row, for: timestamp.key, in: .timestamps)
        try backend.commit(batch, durability: .synced)
    }

    /// Every response over the checkpoint of exactly this size, by authority and then by time.
    public func timestamps(_ lane: LaneID, size: TreeSize) throws(StoreError) -> [StoredTimestamp] {
        var timestamps: [StoredTimestamp] = []
        for authority in try authorities(of: lane) {
            var prefix = Keys.timestamps(lane, authority)
            prefix.append(bigEndian: size.value)
            for row in try backend.rows(Scan(.timestamps, prefix: prefix, limit: .max)) {
                timestamps.append(try StoredTimestamp(row))
            }
        }
        return timestamps
    }

    /// An authority's first response over a checkpoint that covers at least `size` entries.
    public func firstTimestamp(
        atOrAfter size: TreeSize,
        authority: String,
        lane: LaneID
    ) throws(StoreError) -> StoredTimestamp? {
        guard 1...255 ~= authority.utf8.count else { return nil }
        let prefix = Keys.timestamps(lane, authority)
        var start = prefix
        start.append(bigEndian: size.value)
        return try timestamp(Scan(.timestamps, prefix: prefix, start: start, limit: 1))
    }

    /// An authority's response over the largest checkpoint.
    public func latestTimestamp(of authority: String, lane: LaneID) throws(StoreError) -> StoredTimestamp? {
        guard 1...255 ~= authority.utf8.count else { return nil }
        return try timestamp(
            Scan(.timestamps, prefix: Keys.timestamps(lane, authority), isDescending: true, limit: 1)
        )
    }

    /// The authorities that have answered for a lane, found by leaping from one to the next.
    public func authorities(of lane: LaneID) throws(StoreError) -> [String] {
        var authorities: [String] = []
        var start: [UInt8]?
        while let next = try timestamp(Scan(.timestamps, prefix: Keys.prefix(lane), start: start, limit: 1)) {
            authorities.append(next.authority)
            start = Keys.timestamps(lane, next.authority).firstKeyAfterPrefix
        }
        return authorities
    }

    private func timestamp(_ scan: Scan) throws(StoreError) -> StoredTimestamp? {
        try backend.rows(scan).first.map { (row) throws(StoreError) in try StoredTimestamp(row) }
    }
}
