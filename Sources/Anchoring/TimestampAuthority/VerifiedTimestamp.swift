public import OpenSSL

/// A timestamp whose every check passed.
public struct VerifiedTimestamp: Sendable {
    /// The whole response as received, the content of a `.tsr` file.
    public let der: [UInt8]
    public let response: TimestampResponse
    public let token: TimestampToken
    /// The certificate of the authority that signed.
    public let authority: SigningCertificate
    /// The certificate that the chain ends in; `nil` if any signer was accepted, and then nobody vouches for this one.
    public let root: SigningCertificate?
    /// When the first certificate of the chain ends, in seconds since 1970: past it the timestamp needs a renewal.
    public let chainEndSeconds: Int64
}
