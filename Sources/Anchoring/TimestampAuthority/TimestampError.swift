/// Why a timestamp, a request for one, or an authority is not accepted.
public struct TimestampError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// Not DER, or not the structure of RFC 3161.
        case malformed
        /// Bytes after the structure's end.
        case trailingBytes
        /// Past the limit of size.
        case tooLarge
        /// The authority did not give a timestamp.
        case notGranted
        /// The timestamp is for something else than the data.
        case imprintMismatch
        /// The imprint's digest algorithm is not one that Cinnabar computes.
        case unsupportedDigest
        /// A request has extensions; none are known.
        case unsupportedExtension
        /// The timestamp answers another request.
        case nonceMismatch
        /// The timestamp is not under the requested policy, or the authority has not the requested one.
        case policyMismatch
        /// The timestamp states no accuracy, or a worse one than is demanded.
        case accuracyInsufficient
        /// The authority's clock and ours are too far apart.
        case clockSkewed
        /// The signature, or its signed attributes, do not hold.
        case signatureInvalid
        /// The certificate of who signed is neither in the timestamp nor given.
        case signerCertificateMissing
        /// No chain leads from who signed to a given root.
        case untrustedChain
        /// The signer's certificate is not for timestamping alone, critically (RFC 3161, 2.3).
        case certificateNotForTimestamping
        /// A certificate of the chain was not valid at genTime.
        case genTimeOutsideCertificate
        /// A certificate of the chain is not valid at the time that the caller asked about.
        case certificateOutsideValidity
        /// Certificates or key given by the caller cannot be used.
        case unusableCredentials
        /// An authority answered by another HTTP status or content type than RFC 3161, 3.4 says.
        case unexpectedReply
    }

    public let code: Code
    /// What happened, for a person.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "TimestampError.\(code): \(message)" }
}
