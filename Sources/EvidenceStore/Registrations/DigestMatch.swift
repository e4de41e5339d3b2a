public import MerkleLog

/// A registration of a document with a given digest.
public struct DigestMatch: Sendable, Equatable {
    public let id: LeafHash
    public let account: AccountID
    public let position: LogPosition
    public let provenance: DigestProvenance
}
