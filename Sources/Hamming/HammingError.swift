/// Why a table could not be made, written or read.
public struct HammingError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// The file is not what was written.
        case damaged
        /// There is no such file.
        case absent
        /// No room on the disk.
        case full
        /// The system refused a file operation.
        case io
        case outOfMemory
    }

    public let code: Code
    /// What happened and what the operator can do about it.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "HammingError.\(code): \(message)" }
}
