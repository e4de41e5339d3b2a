import Bytes
public import MerkleLog

extension Store {
    /// The newest checkpoint of a lane, or `nil` before the first batch.
    public func head(of lane: LaneID) throws(StoreError) -> StoredCheckpoint? {
        let scan = Scan(.checkpoints, prefix: Keys.prefix(lane), isDescending: true, limit: 1)
        guard let row = try backend.rows(scan).first else { return nil }
        return try StoredCheckpoint(row)
    }

    /// The checkpoint that covers exactly `size` entries.
    public func checkpoint(ofSize size: TreeSize, lane: LaneID) throws(StoreError) -> StoredCheckpoint? {
        guard let checkpoint = try checkpoint(atOrAfter: size, lane: lane), checkpoint.size == size else { return nil }
        return checkpoint
    }

    /// The smallest checkpoint that covers at least `size` entries.
    public func checkpoint(atOrAfter size: TreeSize, lane: LaneID) throws(StoreError) -> StoredCheckpoint? {
        let scan = Scan(.checkpoints, prefix: Keys.prefix(lane), start: Keys.checkpoint(lane, size), limit: 1)
        guard let row = try backend.rows(scan).first else { return nil }
        return try StoredCheckpoint(row)
    }

    /// The stored hashes of a tile: 32 × its present width, which may be more than a caller's older tree has.
    public func tile(_ id: TileID, lane: LaneID) throws(StoreError) -> [UInt8]? {
        try backend.value(for: Keys.tile(id, lane), in: .tiles)
    }

    /// Where the entry with this id stands.
    public func position(of id: LeafHash) throws(StoreError) -> LogPosition? {
        guard let value = try backend.value(for: id.digest.bytes, in: .positions) else { return nil }
        guard value.count == LogPosition.byteCount, let position = LogPosition(endOf: value) else {
            throw .malformedRow(in: .positions)
        }
        return position
    }

    /// The bytes of one entry, or `nil` past the end of the log.
    public func entry(at position: LogPosition) throws(StoreError) -> [UInt8]? {
        let index = position.index.value
        return try entries(in: index..<index.addingOne, lane: position.lane).first
    }

    /// The entries of a range in order; fewer where the log ends inside it. Keep ranges to some thousands.
    public func entries(in range: Range<UInt64>, lane: LaneID) throws(StoreError) -> [[UInt8]] {
        guard !range.isEmpty, let first = try bundleKey(covering: range.lowerBound, lane: lane) else { return [] }
        let count = Int(clamping: range.upperBound - range.lowerBound)
        var entries: [[UInt8]] = []
        var rowLimit = count / Self.entriesPerRow + 2
        var start = first
        while true {
            let rows = try backend.rows(Scan(.entries, prefix: Keys.prefix(lane), start: start, limit: rowLimit))
            for row in rows {
                guard let position = LogPosition(endOf: row.key) else { throw .malformedRow(in: .entries) }
                let bundle = try Self.entries(inRow: row.value)
                for (offset, entry) in bundle.enumerated() where range.contains(position.index.value + UInt64(offset)) {
                    entries.append(entry)
                }
            }
            guard entries.count < count, rows.count == rowLimit, let last = rows.last else { return entries }
            // Small batches leave small bundles, so more rows than the least possible may be needed.
            start = last.key + [0]
            rowLimit = count - entries.count
        }
    }

    private func bundleKey(covering index: UInt64, lane: LaneID) throws(StoreError) -> [UInt8]? {
        let start = Keys.position(LogPosition(lane: lane, index: LeafIndex(index)))
        let scan = Scan(.entries, prefix: Keys.prefix(lane), start: start, isDescending: true, limit: 1)
        return try backend.rows(scan).first?.key
    }

    private static func entries(inRow value: [UInt8]) throws(StoreError) -> [[UInt8]] {
        do { return try EntryBundle(decoding: value).entries } catch { throw .malformedRow(in: .entries) }
    }

    /// Bundles hold as many entries as came together, up to this: enough to make rows few, and few enough that reading
    /// one entry reads 11 kB.
    static let entriesPerRow = 64
}

extension UInt64 {
    /// The next number, or the same at the very end.
    fileprivate var addingOne: UInt64 { self == .max ? self : self + 1 }
}
