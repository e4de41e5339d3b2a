import Bytes

/// Evidence records over timestamps that were renewed. One that goes on from another takes its place, so nothing that was
/// proven is lost.
extension Store {
    /// Keeps the evidence records of timestamps, in DER, all in one step.
    public func putRenewedRecords(
        _ records: [(timestamp: StoredTimestamp, record: [UInt8])]
    ) throws(StoreError) {
        var batch = WriteBatch()
        for (timestamp, record) in records { batch.put(record, for: timestamp.key, in: .renewedRecords) }
        try backend.commit(batch, durability: .synced)
    }

    /// The newest evidence record over a timestamp; `nil` when it was not renewed yet, and is an evidence record by
    /// itself.
    public func renewedRecord(of timestamp: StoredTimestamp) throws(StoreError) -> [UInt8]? {
        try backend.value(for: timestamp.key, in: .renewedRecords)
    }
}
