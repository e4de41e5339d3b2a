/// What RocksDB could not do.
public struct RocksDBError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// Stored bytes do not match their checksum or their place.
        case corrupted
        /// The file system has no room left.
        case full
        /// Another process, or another handle in this one, has the database open.
        case lockedByAnotherProcess
        /// There is no database in the folder.
        case absent
        /// There already is a database in the folder, and a new one was asked for.
        case alreadyExists
        /// The database holds a column family that was not named on opening.
        case unknownFamily
        /// The operating system failed to read, write or sync.
        case io
        /// Anything else.
        case failed
    }

    public let code: Code
    /// RocksDB's own words, for the log only.
    public let message: String

    init(_ code: Code, _ message: String = "") {
        self.code = code
        self.message = message
    }

    /// The C API hands out no code, only the text of `Status::ToString()`; its leading words are stable.
    init(text: String) {
        let code: Code =
            if text.contains("No space left on device") || text.contains("Space limit reached") {
                .full
            } else if text.contains("While lock file") || text.contains("lock hold by current process") {
                .lockedByAnotherProcess
            } else if text.contains("Column families not opened") {
                .unknownFamily
            } else if text.contains("create_if_missing is false") {
                .absent
            } else if text.contains("error_if_exists is true") {
                .alreadyExists
            } else if text.hasPrefix("Corruption") {
                .corrupted
            } else if text.hasPrefix("IO error") {
                .io
            } else {
                .failed
            }
        self.init(code, text)
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "RocksDBError.\(code): \(message)" }
}
