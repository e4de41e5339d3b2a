public import MerkleLog

/// A registration ready to be sequenced: the costly part is done, and what is private in it is encrypted.
///
/// Made by ``Store/sealing(_:)``.
public struct SealedRegistration: Sendable {
    public let id: LeafHash
    public let account: AccountID
    public let entry: [UInt8]
    public let idempotency: IdempotencyClaim?
    let recordRow: [UInt8]
    let wrappedKey: [UInt8]
    let digests: [DocumentDigest]
    let digestProvenance: DigestProvenance
    let fingerprints: [RecordFingerprint]
    let original: ObjectID?
}
