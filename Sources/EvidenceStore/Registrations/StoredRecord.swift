public import MerkleLog

/// A record as it was registered, with where it stands and whose it is.
public struct StoredRecord: Sendable, Equatable {
    public let id: LeafHash
    public let account: AccountID
    public let position: LogPosition
    /// `record.json`, byte for byte.
    public let bytes: [UInt8]
    /// Size of the original; `nil` when it was not kept.
    public let originalByteCount: UInt64?
}
