public import MerkleLog

/// An entry that is no registration: the log's own words, or in a top log the signed checkpoint of a lane.
///
/// It has an id and a place like every entry, and no record, no account and no index rows.
public struct PlainEntry: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// What the log says about itself, such as that nothing follows.
        case notice
        /// A notice that from the next checkpoint on `key` signs, in C2SP's form of a verifier key; `first` is the log's
        /// key before its first change.
        case newKey(String, first: String?)
        /// The bytes of a lane's `checkpoint.signed`.
        case checkpoint(of: LaneID, size: TreeSize)
    }

    public let kind: Kind
    public let bytes: [UInt8]
    public let id: LeafHash

    public init(_ kind: Kind, _ bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
        id = LeafHash(entry: bytes)
    }
}
