/// What a call to OpenSSL could not do.
public struct OpenSSLError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// A key, seed or signature of the wrong length or not a point of its curve.
        case malformedKey
        /// OpenSSL refused to sign or seal with a key it had accepted.
        case operationFailed
        /// The operating system gave no random bytes.
        case randomnessUnavailable
        /// Sealed bytes that cannot hold a nonce and a tag.
        case sealedTooShort
        /// Sealed bytes, their associated data or the key are not those that were sealed.
        case authenticationFailed
        /// Bytes or text that are not an X.509 certificate.
        case malformedCertificate
        /// Bytes that are not an RFC 3161 response.
        case malformedTimestamp
        /// The timestamp's signature, or what it signs about its own certificate, does not hold.
        case signatureInvalid
        /// No chain of certificates leads from who signed to a given root.
        case chainUntrusted
        /// A certificate of the chain is not valid at the time asked about.
        case certificateOutsideValidity
        /// Who signed has a certificate that is not for timestamping, and only that (RFC 3161, 2.3).
        case purposeNotTimestamping
        /// Neither the response nor the caller has the certificate of who signed.
        case signerCertificateMissing
    }

    public let code: Code
    /// What happened, for a person.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "OpenSSLError.\(code): \(message)" }
}
