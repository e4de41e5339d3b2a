/// Why an evidence record does not prove what it is said to.
public struct EvidenceRecordError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// Not DER, or not the structure of RFC 4998.
        case malformed
        /// Bytes after the record's end.
        case trailingBytes
        /// Past the limit of size.
        case tooLarge
        /// A digest algorithm that Cinnabar does not compute.
        case unsupportedDigest
        /// The record is over encrypted data, or has information for its long-term checking that is not understood.
        case unsupportedField
        /// The record is for other data.
        case dataMismatch
        /// The hash tree does not lead to what was timestamped.
        case hashTreeMismatch
        /// A renewal does not cover what was before it, or is older.
        case renewalMismatch
        /// A timestamp did not hold any more when it was renewed.
        case renewalTooLate
        /// A timestamp does not hold; `cause` says why.
        case timestampInvalid
    }

    public let code: Code
    /// What happened, for a person.
    public let message: String
    /// With code `.timestampInvalid` and `.renewalTooLate`.
    public let cause: TimestampError?

    init(_ code: Code, _ message: String, cause: TimestampError? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Something around a record does not read.
    public init(malformed message: String) { self.init(.malformed, message) }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "EvidenceRecordError.\(code): \(message)" }
}
