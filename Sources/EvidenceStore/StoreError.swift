/// What the store could not do.
public struct StoreError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// Stored bytes do not match their checksum, their seal or their layout.
        case corrupted
        /// The file system has no room left.
        case full
        /// Another process has the store open.
        case lockedByAnotherProcess
        /// The store was closed.
        case closed
        /// There is no store, or no key file, where one was expected.
        case absent
        /// There already is one, and a new one was asked for.
        case alreadyExists
        /// The store was made with another master key.
        case wrongMasterKey
        /// Others than its owner may read the key file.
        case exposedKeyFile
        /// A later version of the software wrote the store.
        case formatTooNew
        /// The batch does not begin where the log ends.
        case headMoved
        /// The operating system failed to read, write or sync.
        case io
        /// An argument cannot be stored, for instance a digest of the wrong length.
        case invalidArgument
        /// The cryptographic library refused to seal or to give random bytes.
        case cryptography
    }

    public let code: Code
    /// What happened and what the operator can do about it.
    public let message: String
    public let cause: (any Error)?

    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "StoreError.\(code): \(message)" }
}

extension StoreError {
    static func malformedRow(in family: Family) -> Self {
        Self(.corrupted, "A row of \(family.rawValue) has not the layout of its family. Restore from a store copy.")
    }
}
