public import Evidence

/// What an audit counted and found.
public struct AuditReport: Sendable {
    public internal(set) var entries: UInt64 = 0
    public internal(set) var records: UInt64 = 0
    public internal(set) var checkpoints: UInt64 = 0
    public internal(set) var timestamps: UInt64 = 0
    /// One sentence for each thing that does not hold, at most ``findingLimit``.
    public internal(set) var findings: [String] = []

    static let findingLimit = 100

    public var isConsistent: Bool { findings.isEmpty }

    public var json: JSONValue {
        [
            "consistent": .bool(isConsistent), "entries": .integer(entries), "records": .integer(records),
            "checkpoints": .integer(checkpoints), "timestamps": .integer(timestamps),
            "findings": .array(findings.map { .string($0) }),
        ]
    }

    mutating func find(_ what: @autoclosure () -> String) {
        if findings.count < Self.findingLimit { findings.append(what()) }
    }
}
