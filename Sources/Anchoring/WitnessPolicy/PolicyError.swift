/// What is wrong with a policy over witnesses, and in which line.
public struct PolicyError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// Past the limit of bytes, logs, witnesses, groups or members.
        case tooLarge
        /// A control character, or a last line without a newline.
        case malformedText
        /// Not one of the lines that a policy has, or with too few or too many items.
        case malformedLine
        /// Not a key in its text form, or of a kind that its line cannot have.
        case malformedKey
        /// A log or a witness is there twice, under the same public key.
        case duplicateKey
        /// A name is defined twice, or is the predefined `none`.
        case duplicateName
        /// A name that no line above defines.
        case undefinedName
        /// A name is a member twice: a witness counts in one way only.
        case repeatedMember
        /// A threshold is not from 1 to the number of members.
        case invalidThreshold
        case duplicateQuorum
        case missingQuorum
    }

    public let code: Code
    /// From 1; `nil` when it is about the whole.
    public let line: Int?
    /// What happened, for a person; names the line.
    public let message: String

    init(_ code: Code, line: Int?, _ message: String) {
        self.code = code
        self.line = line
        self.message = line.map { "Line \($0): \(message)" } ?? message
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code && left.line == right.line }
    public var description: String { "PolicyError.\(code): \(message)" }
}
