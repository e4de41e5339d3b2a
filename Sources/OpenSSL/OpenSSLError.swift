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
