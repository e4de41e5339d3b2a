/// Why a table of postings could not be made, written or read.
public struct PostingError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// The file is not what was written: the index is to be made anew.
        case damaged
        case full
        case io
        case outOfMemory
    }

    public let code: Code
    /// What happened.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "PostingError.\(code): \(message)" }
}
