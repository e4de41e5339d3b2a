import Evidence

/// What became of a feed's pictures so far.
struct FeedTally {
    var shown = 0
    var seen = 0
    /// Files that are no pictures.
    var skipped = 0
    var copies = 0
    var failures: [(path: String, error: CommandError)] = []

    var count: Int { shown + seen + skipped + failures.count }
    var remark: String { copies > 0 ? "\(copies) copies" : "" }

    mutating func add(_ item: FeedItem, _ result: Result<JSONValue, CommandError>) {
        switch result {
        case .success(let answer) where answer["seen"]?.boolValue == true: seen += 1
        case .success(let answer):
            shown += 1
            if !(answer["matches"]?.arrayValue ?? []).isEmpty { copies += 1 }
        case .failure(let error) where error.code == "picture.notAPicture": skipped += 1
        case .failure(let error): failures.append((item.path, error))
        }
    }

    func json(watch: String) -> JSONValue {
        [
            "watch": .string(watch), "shown": .integer(shown), "seen": .integer(seen), "noPictures": .integer(skipped),
            "copies": .integer(copies), "refused": .integer(failures.count),
        ]
    }
}
