/// Why a request to a witness, its answer, or a policy over witnesses is not accepted.
public struct WitnessError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// Not the body of an `add-checkpoint` request.
        case malformedRequest
        /// Past the limit of size or of proof lines.
        case tooLarge
        /// A witness answered by something that C2SP tlog-witness does not know.
        case unexpectedReply
        /// A witness answered without a valid cosignature by a key that it is known by.
        case noValidCosignature
    }

    public let code: Code
    /// What happened, for a person.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "WitnessError.\(code): \(message)" }
}
