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

    /// Counts what another audit counted; its findings are told with the log's name, if there are several.
    mutating func add(_ other: AuditReport, of origin: String?) {
        entries += other.entries
        records += other.records
        checkpoints += other.checkpoints
        timestamps += other.timestamps
        for finding in other.findings { find(origin.map { "\($0): \(finding)" } ?? finding) }
    }

    mutating func find(_ what: @autoclosure () -> String) {
        if findings.count < Self.findingLimit { findings.append(what()) }
    }
}
