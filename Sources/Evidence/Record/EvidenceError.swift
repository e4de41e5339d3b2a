/// Why bytes are not a record, an entry or an evidence file that Cinnabar accepts.
public struct EvidenceError: Error, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// The JSON itself does not read.
        case malformedJSON
        /// The JSON reads but is no record of a format this version knows.
        case unknownFormat
        case missingField, invalidField
        /// A limit named in the message was passed.
        case tooLarge
        /// The ZIP is not laid out as an evidence file is.
        case malformedContainer
        /// A member of the evidence file is absent, unknown, or stands twice.
        case missingMember, unexpectedMember, duplicateMember
        /// A member's bytes do not match the check sum that the container keeps of them.
        case damagedMember
        /// Two evidence files do not speak of the same registration.
        case differentRegistration
    }

    public let code: Code
    /// What is wrong and where, in a sentence.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "EvidenceError.\(code): \(message)" }
}
