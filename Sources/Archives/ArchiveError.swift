/// Why a folder or archive, or one member of it, is not read.
public struct ArchiveError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable, CaseIterable {
        /// There is no such file, or it may not be read.
        case unreadable
        /// A symbolic link, or anything else that is no file of its own. Links are never followed.
        case notARegularFile
        /// No archive format that Cinnabar reads.
        case unsupportedFormat
        /// Truncated or damaged.
        case malformed
        /// The member needs a password.
        case encrypted
        /// More members than ``ArchiveLimits/members``.
        case tooManyMembers
        /// More bytes than ``ArchiveLimits/memberBytes``.
        case memberTooLarge
        /// More bytes in all than ``ArchiveLimits/totalBytes``.
        case totalTooLarge
        /// Expands further than ``ArchiveLimits/compressionRatio`` allows: made to exhaust whoever opens it.
        case compressionRatio
        /// The decoder gave no next member within ``ArchiveLimits/seconds``.
        case timedOut
        /// The decoder process ended or answered nonsense.
        case decoderDied
        /// The decoder process cannot be started.
        case decoderUnavailable
    }

    public let code: Code
    /// What happened, for a person.
    public let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "ArchiveError.\(code): \(message)" }
}
