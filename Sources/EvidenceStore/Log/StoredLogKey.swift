public import MerkleLog

/// A public key of a log, and from when on it signs.
public struct StoredLogKey: Sendable, Equatable {
    /// The least size of a checkpoint that it signs.
    public let firstSize: TreeSize
    /// As C2SP signed-note writes it.
    public let key: String
}

extension Store {
    /// The keys of a lane's log in order; none while it has never changed its key.
    public func logKeys(of lane: LaneID) throws(StoreError) -> [StoredLogKey] {
        try backend.rows(Scan(.logKeys, prefix: Keys.prefix(lane), limit: 10_000)).map { (row) throws(StoreError) in
            guard let place = LogPosition(endOf: row.key) else { throw .malformedRow(in: .logKeys) }
            return StoredLogKey(firstSize: TreeSize(place.index.value), key: String(decoding: row.value, as: UTF8.self))
        }
    }
}
