/// One named check: what was expected, what was found, and the command that redoes it. Never a bare yes.
public struct VerificationCheck: Sendable, Equatable {
    public enum Group: String, Sendable, CaseIterable {
        case container, file, record, log, time, anchor, trust
    }

    public enum Status: String, Sendable {
        case passed, failed
        /// The evidence file has nothing of this kind.
        case notPresent = "not present"
        /// Something that the check needs was not given, or is of a kind this version does not know.
        case notRun = "not run"
    }

    /// Stable and unique within a report: `file.sha256`, `log.inclusion@20`.
    public let name: String
    public let group: Group
    /// What is checked, as a short sentence.
    public let title: String
    public let status: Status
    public let expected: String?
    public let found: String?
    /// What must be taken on trust or compared elsewhere even when it passes.
    public let remains: String?
    /// Where the rule comes from.
    public let rule: String
    /// A command that redoes the check with stock tools in the unpacked evidence file.
    public let command: String?

    public init(
        _ name: String,
        _ group: Group,
        _ title: String,
        _ status: Status,
        expected: String? = nil,
        found: String? = nil,
        remains: String? = nil,
        rule: String,
        command: String? = nil
    ) {
        self.name = name
        self.group = group
        self.title = title
        self.status = status
        self.expected = expected
        self.found = found
        self.remains = remains
        self.rule = rule
        self.command = command
    }

    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "group": .string(group.rawValue), "title": .string(title),
            "status": .string(status.rawValue), "rule": .string(rule),
        ]
        members["expected"] = expected.map { .string($0) }
        members["found"] = found.map { .string($0) }
        members["remains"] = remains.map { .string($0) }
        members["command"] = command.map { .string($0) }
        return .object(members)
    }
}
