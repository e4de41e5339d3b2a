/// Why an index could not be opened or kept.
public struct IndexError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// What lies in the folder is not what was written: it is dropped, and made again from what it is derived from.
        case damaged
        /// The system refused a file operation.
        case io
        /// No memory for a table.
        case outOfMemory
    }

    public let code: Code
    /// What happened and what the operator can do about it.
    public let message: String
    public let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "IndexError.\(code): \(message)" }
}
