/// Why a witness cannot start, or its folder cannot be changed.
public struct WitnessingError: Error, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// There is no witness in the folder, or a part of it is missing.
        case absent
        /// There is one already.
        case alreadyExists
        /// The list of logs, the key or a log's state does not read, or does not hold.
        case damaged
        /// Others than its owner may read the key.
        case exposedKey
        /// Another process uses the folder.
        case locked
        /// Not a key of a log, in the form `name+hash+base64`, or not a name for a witness.
        case invalidKey
        /// The operating system could not read, write or sync.
        case io
    }

    public let code: Code
    /// What happened and what the operator can do about it.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "WitnessingError.\(code): \(message)" }
}
