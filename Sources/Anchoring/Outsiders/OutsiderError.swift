/// Why an outsider could not be brought to commit, for the scheduler that asks again and the operator who reads it.
public struct OutsiderError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// It did not answer, or its answer broke off.
        case unreachable
        /// It answered that it will not; asking again as it is may help later.
        case refused
        /// What it answered is not what was asked for, or does not verify.
        case invalidAnswer
        /// Its own configuration here is wrong: nothing helps until the operator changes it.
        case misconfigured
    }

    public let code: Code
    /// What happened and what to do next, for the operator.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "OutsiderError.\(code): \(message)" }
}
