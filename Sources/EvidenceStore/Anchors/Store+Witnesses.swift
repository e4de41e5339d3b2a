import Bytes
public import MerkleLog

extension Store {
    /// Keeps a witness's line under the checkpoint of this size, and that the witness is there now, in one step.
    public func putCosignature(_ cosignature: StoredCosignature) throws(StoreError) {
        let (lane, size, keyID) = (cosignature.lane, cosignature.size, cosignature.line.keyID)
        var batch = WriteBatch()
        batch.put(
            Array(cosignature.line.line.utf8),
            for: Keys.cosignature(lane, size, keyID: keyID),
            in: .cosignatures
        )
        batch.put(Self.row(size), for: Keys.witness(lane, keyID: keyID), in: .witnesses)
        try backend.commit(batch, durability: .synced)
    }

    /// Keeps the size that a witness says it cosigned last.
    public func putWitnessSize(_ size: TreeSize, keyID: UInt32, lane: LaneID) throws(StoreError) {
        var batch = WriteBatch()
        batch.put(Self.row(size), for: Keys.witness(lane, keyID: keyID), in: .witnesses)
        try backend.commit(batch, durability: .synced)
    }

    /// What a witness cosigned last, as far as is known; the empty tree's size when nothing is.
    public func witnessSize(keyID: UInt32, lane: LaneID) throws(StoreError) -> TreeSize {
        guard let value = try backend.value(for: Keys.witness(lane, keyID: keyID), in: .witnesses) else {
            return .empty
        }
        var reader = ByteReader(value)
        guard let size = reader.read(bigEndian: UInt64.self), reader.isAtEnd else {
            throw .malformedRow(in: .witnesses)
        }
        return TreeSize(size)
    }

    /// The lines under the checkpoint of exactly this size, by key id.
    public func cosignatures(ofSize size: TreeSize, lane: LaneID) throws(StoreError) -> [StoredCosignature] {
        let scan = Scan(.cosignatures, prefix: Keys.checkpoint(lane, size), limit: .max)
        var cosignatures: [StoredCosignature] = []
        for row in try backend.rows(scan) { cosignatures.append(try StoredCosignature(row)) }
        return cosignatures
    }

    /// Lines under the checkpoints from this size on, smallest first; or from the largest down.
    ///
    /// - Parameter size: `nil` for the end.
    public func cosignatures(
        from size: TreeSize?,
        isDescending: Bool = false,
        lane: LaneID,
        limit: Int
    ) throws(StoreError) -> [StoredCosignature] {
        let start = size.map { Keys.checkpoint(lane, $0) + (isDescending ? [0xFF, 0xFF, 0xFF, 0xFF] : []) }
        let scan = Scan(
            .cosignatures,
            prefix: Keys.prefix(lane),
            start: start,
            isDescending: isDescending,
            limit: limit
        )
        var cosignatures: [StoredCosignature] = []
        for row in try backend.rows(scan) { cosignatures.append(try StoredCosignature(row)) }
        return cosignatures
    }

    private static func row(_ size: TreeSize) -> [UInt8] {
        var row: [UInt8] = []
        row.append(bigEndian: size.value)
        return row
    }
}
