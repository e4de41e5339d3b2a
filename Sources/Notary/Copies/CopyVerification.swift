public import Evidence

/// What a check of a store copy counted and found.
public struct CopyVerification: Sendable {
    public internal(set) var generations: [Int] = []
    public internal(set) var files = 0
    public internal(set) var bytes: UInt64 = 0
    public internal(set) var keyFiles = 0
    public internal(set) var receipts = 0
    /// Checkpoints whose signature was checked; none when no key to trust was given.
    public internal(set) var signatures = 0
    /// Of the newest generation, restored to a temporary folder; `nil` when that was not asked for.
    public internal(set) var audit: AuditReport?
    /// One sentence for each thing that is no damage and good to know.
    public internal(set) var notes: [String] = []
    /// One sentence for each thing that does not hold, at most ``findingLimit``.
    public internal(set) var findings: [String] = []

    static let findingLimit = 100

    public var holds: Bool { findings.isEmpty }

    public var json: JSONValue {
        [
            "holds": .bool(holds),
            "generations": .array(generations.map { .integer($0) }),
            "files": .integer(files), "bytes": .integer(bytes), "keyFiles": .integer(keyFiles),
            "receipts": .integer(receipts), "signatures": .integer(signatures),
            "audit": audit?.json ?? .null,
            "notes": .array(notes.map { .string($0) }),
            "findings": .array(findings.map { .string($0) }),
        ]
    }

    mutating func find(_ what: @autoclosure () -> String) {
        if findings.count < Self.findingLimit { findings.append(what()) }
    }
}
