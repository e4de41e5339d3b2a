import Bytes
public import MerkleLog

/// Rows as an audit meets them, in order of their keys: what they speak of, or `nil` when they have not the layout of
/// their family.
extension Store {
    public func idempotency(_ row: Row) -> (account: AccountID, id: LeafHash)? {
        var key = ByteReader(row.key)
        var value = ByteReader(row.value)
        guard let account = AccountID(&key), key.readDigest() != nil, key.isAtEnd, let id = value.readDigest(),
            value.readDigest() != nil, value.isAtEnd
        else { return nil }
        return (account, LeafHash(id))
    }

    /// Whether exactly this row is there.
    public func holds(_ row: Row, in family: Family) throws(StoreError) -> Bool {
        try backend.value(for: row.key, in: family) == row.value
    }

    public func account(_ row: Row) -> Account? { try? Account(row) }

    public func account(ofToken row: Row) -> AccountID? { try? APIToken(row).account }

    public func timestamp(_ row: Row) -> StoredTimestamp? { try? StoredTimestamp(row) }

    public func anchorJob(_ row: Row) -> StoredAnchorJob? { try? StoredAnchorJob(row) }

    public func anchor(_ row: Row) -> StoredAnchor? { try? StoredAnchor(row) }

    public func cosignature(_ row: Row) -> StoredCosignature? { try? StoredCosignature(row) }

    /// The place that a row of an index leads to.
    public func place(_ row: Row, in family: Family) -> LogPosition? {
        switch family {
        case .positions, .laneCheckpoints:
            row.value.count == LogPosition.byteCount ? LogPosition(endOf: row.value) : nil
        case .digests, .accountRecords, .fingerprints, .notices, .records, .recordKeys, .entries, .checkpoints,
            .erasures:
            LogPosition(endOf: row.key)
        default: nil
        }
    }
}
