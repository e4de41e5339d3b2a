public import MerkleLog

/// A registration ready to be sequenced: the costly part is done, and what is private in it is encrypted.
///
/// Made by ``Store/sealing(_:)``. A class, since it has many parts and goes through several hands: each takes one share.
public final class SealedRegistration: Sendable {
    public let id: LeafHash
    public let account: AccountID
    public let entry: [UInt8]
    public let idempotency: IdempotencyClaim?
    let recordRow: [UInt8]
    let wrappedKey: [UInt8]
    let digests: [DocumentDigest]
    let digestProvenance: DigestProvenance
    let fingerprints: [RecordFingerprint]
    /// Still by their names, their bytes sealed.
    let derived: [DerivedData]
    let original: ObjectID?

    init(
        id: LeafHash,
        _ registration: UnsealedRegistration,
        recordRow: [UInt8],
        wrappedKey: [UInt8],
        derived: [DerivedData]
    ) {
        self.id = id
        account = registration.account
        entry = registration.entry
        idempotency = registration.idempotency
        self.recordRow = recordRow
        self.wrappedKey = wrappedKey
        self.derived = derived
        digests = registration.digests
        digestProvenance = registration.digestProvenance
        fingerprints = registration.fingerprints
        original = registration.original?.object
    }
}
