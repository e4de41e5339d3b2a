public import Evidence

/// What an audit counted and found.
public struct AuditReport: Sendable {
    public internal(set) var entries: UInt64 = 0
    public internal(set) var records: UInt64 = 0
    /// Registrations whose record was erased: the entry stays.
    public internal(set) var erased: UInt64 = 0
    public internal(set) var originals: UInt64 = 0
    public internal(set) var checkpoints: UInt64 = 0
    public internal(set) var timestamps: UInt64 = 0
    /// Rows of the indexes.
    public internal(set) var indexRows: UInt64 = 0
    /// One sentence for each thing that does not hold, at most ``findingLimit``.
    public internal(set) var findings: [String] = []

    static let findingLimit = 100

    public var isConsistent: Bool { findings.isEmpty }

    public var json: JSONValue {
        [
            "consistent": .bool(isConsistent), "entries": .integer(entries), "records": .integer(records),
            "erased": .integer(erased), "originals": .integer(originals), "checkpoints": .integer(checkpoints),
            "timestamps": .integer(timestamps), "indexRows": .integer(indexRows),
            "findings": .array(findings.map { .string($0) }),
        ]
    }

    var isFull: Bool { findings.count >= Self.findingLimit }

    /// Counts what was counted for a log; its findings are told with the log's name, if there are several.
    mutating func add(_ other: AuditReport, of origin: String?) {
        entries += other.entries
        records += other.records
        erased += other.erased
        originals += other.originals
        checkpoints += other.checkpoints
        timestamps += other.timestamps
        indexRows += other.indexRows
        for finding in other.findings { find(origin.map { "\($0): \(finding)" } ?? finding) }
    }

    mutating func add(_ result: EntryAudit.Result) {
        records += result.recordCount
        erased += result.erasedCount
        originals += result.originalCount
        for finding in result.findings { find(finding) }
    }

    mutating func find(_ what: @autoclosure () -> String) {
        if !isFull { findings.append(what()) }
    }
}
