import Bytes
public import MerkleLog

/// What an audit reads: every account's rows, in the order in which they lie. Nothing of it is for clients.
extension Store {
    /// The entries of a range with their records, opened; fewer where the log ends or has a gap.
    public func auditedEntries(in range: Range<UInt64>, lane: LaneID) throws(StoreError) -> [AuditedEntry] {
        let entries = try entries(in: range, lane: lane)
        let records = try rowsByIndex(of: .records, in: range, lane: lane)
        let keys = try rowsByIndex(of: .recordKeys, in: range, lane: lane)
        var audited: [AuditedEntry] = []
        audited.reserveCapacity(entries.count)
        for (offset, bytes) in entries.enumerated() {
            let index = LeafIndex(range.lowerBound + UInt64(offset))
            let position = LogPosition(lane: lane, index: index)
            let id = LeafHash(entry: bytes)
            let key = keys[index.value]
            audited.append(
                AuditedEntry(
                    position: position,
                    bytes: bytes,
                    id: id,
                    content: content(records[index.value], key, id: id, at: position),
                    hasKey: key != nil
                )
            )
        }
        return audited
    }

    /// The checkpoints that cover more than `range.lowerBound` entries and at most `range.upperBound`, smallest first.
    public func checkpoints(endingIn range: Range<UInt64>, lane: LaneID) throws(StoreError) -> [StoredCheckpoint] {
        guard !range.isEmpty else { return [] }
        let start = Keys.checkpoint(lane, TreeSize(range.lowerBound + 1))
        // One for each entry at the most.
        let limit = range.count
        var checkpoints: [StoredCheckpoint] = []
        for row in try backend.rows(Scan(.checkpoints, prefix: Keys.prefix(lane), start: start, limit: limit)) {
            let checkpoint = try StoredCheckpoint(row)
            guard checkpoint.size.value <= range.upperBound else { break }
            checkpoints.append(checkpoint)
        }
        return checkpoints
    }

    /// A page of a family's rows, whatever they are, after a key or from the beginning.
    public func rows(of family: Family, after key: [UInt8]?, limit: Int) throws(StoreError) -> [Row] {
        try backend.rows(Scan(family, start: key.map { $0 + [0] }, limit: limit))
    }

    /// Whether exactly this row is there.
    public func holds(_ row: IndexRow) throws(StoreError) -> Bool {
        try backend.value(for: row.key, in: row.family) == row.value
    }

    /// Rows that no entry can have, of a family whose keys begin with a place: at or past the end of their lane, or of
    /// a lane that is not there. At most some of each lane.
    ///
    /// - Parameter ends: For each lane the first index that it has not.
    public func strayPlaces(in family: Family, ends: [LaneID: UInt64]) throws(StoreError) -> [LogPosition] {
        var strays: [LogPosition] = []
        var start: [UInt8]? = []
        while let from = start, let row = try backend.rows(Scan(family, start: from, limit: 1)).first {
            let position = try Self.place(row.key, in: family)
            let prefix = Keys.prefix(position.lane)
            if let end = ends[position.lane] {
                let end = Keys.position(LogPosition(lane: position.lane, index: LeafIndex(end)))
                for row in try backend.rows(Scan(family, prefix: prefix, start: end, limit: Self.strayLimit)) {
                    strays.append(try Self.place(row.key, in: family))
                }
            } else {
                strays.append(position)
            }
            start = prefix.firstKeyAfterPrefix
        }
        return strays
    }

    /// The tiles that lie in the store, with their widths, in order; those of lanes that are not there too.
    public func forEachTile(_ body: (LaneID, TileID, Int) throws -> Void) throws {
        var last: [UInt8]?
        while true {
            let rows = try rows(of: .tiles, after: last, limit: 256)
            for row in rows {
                var key = ByteReader(row.key)
                guard let lane = key.read(bigEndian: UInt16.self), let level = key.read(bigEndian: UInt8.self),
                    let index = key.read(bigEndian: UInt64.self), key.isAtEnd, level <= TileID.maximumLevel
                else { throw StoreError.malformedRow(in: .tiles) }
                try body(LaneID(lane), TileID(level: Int(level), index: index), row.value.count / 32)
            }
            guard let key = rows.last?.key else { return }
            last = key
        }
    }

    private static let strayLimit = 10

    private func rowsByIndex(
        of family: Family,
        in range: Range<UInt64>,
        lane: LaneID
    ) throws(StoreError) -> [UInt64: [UInt8]] {
        let start = Keys.position(LogPosition(lane: lane, index: LeafIndex(range.lowerBound)))
        var values: [UInt64: [UInt8]] = [:]
        values.reserveCapacity(range.count)
        for row in try backend.rows(Scan(family, prefix: Keys.prefix(lane), start: start, limit: range.count)) {
            let index = try Self.place(row.key, in: family).index.value
            guard index < range.upperBound else { break }
            values[index] = row.value
        }
        return values
    }

    private static func place(_ key: [UInt8], in family: Family) throws(StoreError) -> LogPosition {
        guard key.count == LogPosition.byteCount, let position = LogPosition(endOf: key) else {
            throw .malformedRow(in: family)
        }
        return position
    }

    private func content(
        _ record: [UInt8]?,
        _ wrappedKey: [UInt8]?,
        id: LeafHash,
        at position: LogPosition
    ) -> AuditedEntry.Content {
        guard let record else { return .none }
        do throws(StoreError) {
            let row = try RecordRow(record)
            guard let wrappedKey else {
                throw StoreError(.corrupted, "A record has lost its key. Restore the keys from a store copy.")
            }
            let key = try RecordKey(wrapped: wrappedKey, by: masterKey, id: id)
            let associated = RecordRow.associatedBytes(id: id, account: row.account, original: row.original)
            let opened = StoredRecord(
                id: id,
                account: row.account,
                position: position,
                bytes: try key.open(row.sealedRecord, authenticating: associated),
                originalByteCount: row.original?.byteCount
            )
            return .record(opened, original: row.original.map { OriginalReader(backend, $0, key: key) })
        } catch {
            return .unreadable(error)
        }
    }
}
