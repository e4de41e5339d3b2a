import Evidence

/// What an import has done so far.
struct ImportTally {
    private(set) var registered = 0
    private(set) var alreadyRegistered = 0
    /// Members with an earlier registration of the same bytes or picture.
    private(set) var similar = 0
    private(set) var failures: [(member: String, error: CommandError)] = []

    var count: Int { registered + alreadyRegistered + failures.count }

    /// What is worth saying while it goes on.
    var remark: String { failures.isEmpty ? "" : "\(failures.count) refused" }

    mutating func add(_ outcome: Importer.Outcome) {
        switch outcome.result {
        case .failure(let error): failures.append((outcome.member, error))
        case .success(let registration) where registration["replayed"]?.boolValue == true: alreadyRegistered += 1
        case .success(let registration):
            registered += 1
            if registration["earlier"]?.arrayValue?.isEmpty == false { similar += 1 }
        }
    }

    var json: JSONValue {
        [
            "summary": [
                "registered": .integer(registered), "alreadyRegistered": .integer(alreadyRegistered),
                "withEarlierMatches": .integer(similar), "failed": .integer(failures.count),
            ]
        ]
    }
}
