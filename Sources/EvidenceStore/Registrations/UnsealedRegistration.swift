/// Everything a registration leaves in the store, before it is sealed and has its place in the log.
public struct UnsealedRegistration: Sendable {
    public let account: AccountID
    /// `record.json`, byte for byte.
    public let record: [UInt8]
    /// What goes in the log; its leaf hash is the registration's id.
    public let entry: [UInt8]
    public var digests: [DocumentDigest] = []
    public var digestProvenance = DigestProvenance.computed
    public var fingerprints: [RecordFingerprint] = []
    /// What was made of the document and shows it.
    public var derived: [DerivedData] = []
    public var idempotency: IdempotencyClaim?
    /// The original written earlier, whose key the record then shares.
    public var original: WrittenOriginal?

    public init(account: AccountID, record: [UInt8], entry: [UInt8]) {
        self.account = account
        self.record = record
        self.entry = entry
    }
}
