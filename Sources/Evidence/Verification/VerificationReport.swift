import Bytes

/// All checks of one evidence file, and what a court must still trust when they pass.
public struct VerificationReport: Sendable {
    public internal(set) var checks: [VerificationCheck] = []
    /// What the checks cannot show, one sentence each.
    public internal(set) var remains: [String] = []
    /// The registration's id, if the file holds an entry that reads.
    public internal(set) var id: String?
    public internal(set) var record: Record?

    init() {}

    /// Nothing else could be checked.
    init(failing check: VerificationCheck) { checks = [check] }

    /// One failed check makes the whole "not consistent"; nothing checked is not consistent either.
    public var isConsistent: Bool {
        checks.contains { $0.status == .passed } && !checks.contains { $0.status == .failed }
    }

    public var verdict: String { isConsistent ? "consistent" : "not consistent" }

    public var summary: String {
        if let failed = checks.first(where: { $0.status == .failed }) {
            return "Not consistent. This does not hold: \(failed.title) [\(failed.name)]"
        }
        let passed = checks.count { $0.status == .passed }
        let notRun = checks.count { $0.status == .notRun }
        let absent = checks.count { $0.status == .notPresent }
        return "Consistent. \(passed) checks passed, \(notRun) not run, \(absent) not present."
    }

    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "verdict": .string(verdict), "summary": .string(summary),
            "checks": .array(checks.map(\.json)), "remains": .array(remains.map { .string($0) }),
        ]
        members["id"] = id.map { .string($0) }
        if let record {
            members["claim"] = record.claim.json
            members["receivedAt"] = .string(record.receivedAt.description)
            members["submitter"] = .string(record.submitter.account)
        }
        return .object(members)
    }
}
