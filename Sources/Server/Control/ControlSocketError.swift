/// Why there is no control socket at a path.
public struct ControlSocketError: Error, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// The operating system's addresses do not hold so long a path.
        case pathTooLong
        /// Something else is at this path, or another server listens there.
        case occupied
        /// The folder could be written by others, or does not let us.
        case folderUnusable
    }

    public let code: Code
    /// What happened and what the operator can do about it.
    public let message: String

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "ControlSocketError.\(code): \(message)" }
}
