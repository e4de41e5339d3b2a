/// A line of a note that was checked. Only ``SignedNote`` makes one.
public struct VerifiedSignature: Equatable, Sendable {
    public let key: VerifierKey
    /// When the cosigner says that it signed, in seconds since 1970, covered by its signature; `nil` for plain
    /// signatures.
    public let timestampSeconds: UInt64?

    init(key: VerifierKey, timestampSeconds: UInt64?) {
        self.key = key
        self.timestampSeconds = timestampSeconds
    }
}
