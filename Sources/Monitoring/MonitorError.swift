/// Why a monitor's state folder cannot be used. It says nothing about the log.
public struct MonitorError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// The folder is another log's, damaged, or in use by another monitor.
        case wrongState
        /// It cannot be read or written.
        case folderFailed
    }

    public let code: Code
    /// What happened and what to do about it.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "MonitorError.\(code): \(message)" }
}
