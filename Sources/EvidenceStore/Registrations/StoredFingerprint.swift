import Bytes
public import MerkleLog

/// A fingerprint with the registration that it belongs to.
public struct StoredFingerprint: Sendable, Equatable {
    public let position: LogPosition
    public let id: LeafHash
    public let account: AccountID
    public let bytes: [UInt8]
    public let quality: UInt8
}

extension StoredFingerprint {
    init(_ row: Row) throws(StoreError) {
        var value = ByteReader(row.value)
        guard let position = LogPosition(endOf: row.key), let account = AccountID(&value),
            let id = value.readDigest(), let quality = value.read(bigEndian: UInt8.self)
        else { throw .malformedRow(in: .fingerprints) }
        self.init(
            position: position,
            id: LeafHash(id),
            account: account,
            bytes: Array(row.value.suffix(value.remainingCount)),
            quality: quality
        )
    }
}
