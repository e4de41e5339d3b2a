/// What is wrong with a note, a key, a checkpoint or a transparency-log proof.
public struct NoteError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// Not a signed note: encoding, control characters, blank line or signature lines.
        case malformedNote
        /// Larger than a note may be, in bytes or in signatures.
        case tooLarge
        /// Not a key in its text form, or its identifier does not belong to it.
        case malformedKey
        /// The key's algorithm cannot do this: a plain signature with a cosigner's key or the reverse.
        case wrongAlgorithm
        /// No trusted key has signed the note.
        case untrusted
        /// A line that names a trusted key holds a signature that is not that key's for this text.
        case invalidSignature
        /// The note's text is not a checkpoint.
        case malformedCheckpoint
        /// The checkpoint is another log's.
        case wrongOrigin
        /// Not a transparency-log proof.
        case malformedProof
        /// The inclusion proof does not lead to the checkpoint's root. `cause` says why.
        case invalidProof
        /// OpenSSL could not sign or make a key. `cause` says why.
        case signingFailed
    }

    public let code: Code
    /// What happened, for a person.
    public let message: String
    public let cause: (any Error)?

    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "NoteError.\(code): \(message)" }
}
