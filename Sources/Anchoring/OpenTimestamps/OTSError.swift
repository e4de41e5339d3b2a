/// Why bytes are no OpenTimestamps proof, or one that does not prove what it is said to.
public struct OTSError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// It does not begin as a detached proof does.
        case badMagic
        /// A detached proof of a later version than 1.
        case unsupportedVersion
        /// A digest of the file by something else than SHA-1, RIPEMD-160 or SHA-256.
        case invalidDigestType
        /// It ends in the middle.
        case truncated
        /// Bytes after the proof's end.
        case trailingBytes
        /// Past the limit of bytes or of steps.
        case tooLarge
        /// More operations on one path than the stock client follows.
        case tooDeep
        /// A number that is spelled longer than needed, or past 64 bits.
        case malformedNumber
        case unknownOperation
        /// An operation's argument is empty or too long.
        case invalidArgument
        /// An operation's result, or what it is applied to, is past the format's limit.
        case messageTooLong
        /// A digest that is not computed here.
        case unsupportedOperation
        /// An attestation of a known kind that is not spelled as that kind is.
        case malformedAttestation
        /// Neither an operation nor an attestation: such a timestamp says nothing and cannot be written.
        case empty
        /// Two timestamps of different messages cannot be joined.
        case differentMessages
        /// The proof is for another file.
        case digestMismatch
        /// No attestation by Bitcoin yet.
        case incomplete
        /// The header of the block that the proof leads to is not among those given.
        case headerMissing
        /// The proof leads to another Merkle root than the block's.
        case merkleRootMismatch
        /// Not 80 bytes, or headers that are not spelled as their file is.
        case malformedHeader
        /// The record is longer than an OpenTimestamps operation can carry, or does not hold the file's digest.
        case recordUnsuitable
    }

    public let code: Code
    /// What happened, for a person.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "OTSError.\(code): \(message)" }
}
