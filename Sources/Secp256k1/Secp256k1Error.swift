/// Why a key or signature on the curve secp256k1 is not accepted.
public struct Secp256k1Error: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// Not 32 bytes, or zero, or past the group's order.
        case malformedKey
        /// The signature's numbers are out of range, or no key could have made it.
        case malformedSignature
        /// The library refused what it never refuses.
        case operationFailed
    }

    public let code: Code
    /// What happened, for a person.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "Secp256k1Error.\(code): \(message)" }
}
