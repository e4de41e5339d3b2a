public import MerkleLog

/// One entry of the log with what the store keeps at its place, for an audit.
public struct AuditedEntry: Sendable {
    public enum Content: Sendable {
        /// The record opened under its key. The original comes with it, if it was kept.
        case record(StoredRecord, original: OriginalReader?)
        /// There is a row for a record, and it does not open.
        case unreadable(StoreError)
        /// There is no record: a notice, a lane's checkpoint, or an erased registration.
        case none
    }

    public let position: LogPosition
    public let bytes: [UInt8]
    public let id: LeafHash
    public let content: Content
    /// Whether there is a record key at this place.
    public let hasKey: Bool
}
