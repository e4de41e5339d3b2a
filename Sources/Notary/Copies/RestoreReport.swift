public import Evidence

/// What a restoration put back, and whether the log may go on from there.
public struct RestoreReport: Sendable {
    public struct Log: Sendable {
        public let origin: String
        /// Entries in the restored store.
        public let size: UInt64
        public let standing: GuardStanding
    }

    public internal(set) var generation = 0
    /// When the generation was made.
    public internal(set) var madeAt = ""
    public internal(set) var files = 0
    public internal(set) var bytes: UInt64 = 0
    public internal(set) var keys = 0
    /// Records that are erased because a receipt says so, though the copy still had them.
    public internal(set) var erasedAgain = 0
    public internal(set) var logs: [Log] = []
    public internal(set) var audit = AuditReport()
    /// Where the store is now: in its place, or aside when the audit found something.
    public internal(set) var storeFolder = ""

    /// Whether the store is in its place and `serve` starts on it.
    public var isReady: Bool { audit.isConsistent && logs.allSatisfy(\.standing.isReady) }

    /// Whether nothing speaks against it but a guard that is not there, as in a drill.
    public var isUnguarded: Bool { audit.isConsistent && !isReady && logs.allSatisfy { $0.standing.isReadyOrAbsent } }

    public var json: JSONValue {
        [
            "generation": .integer(generation), "madeAt": .string(madeAt), "files": .integer(files),
            "bytes": .integer(bytes), "keys": .integer(keys), "erasedAgain": .integer(erasedAgain),
            "logs": .array(
                logs.map { log in
                    var document: JSONValue = [
                        "origin": .string(log.origin), "size": .integer(log.size), "guard": .string(log.standing.word),
                    ]
                    if case .ahead(let entries) = log.standing, case .object(var members) = document {
                        members["missing"] = .integer(entries)
                        document = .object(members)
                    }
                    return document
                }
            ),
            "audit": audit.json, "store": .string(storeFolder), "ready": .bool(isReady),
        ]
    }
}

extension GuardStanding {
    fileprivate var isReadyOrAbsent: Bool { isReady || self == .absent }
}
