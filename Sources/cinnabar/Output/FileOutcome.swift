import Evidence

/// What became of one of several files: the answer, or why it was refused. One refused file does not stop the others.
struct FileOutcome {
    let name: String
    let result: Result<[String: JSONValue], CommandError>

    var hasFailed: Bool {
        if case .failure = result { true } else { false }
    }

    /// `{"file": …}` with the answer's members, or with `error`.
    var json: JSONValue {
        var members = (try? result.get()) ?? [:]
        if case .failure(let error) = result { members["error"] = error.body }
        members["file"] = .string(name)
        return .object(members)
    }

    func describe(in report: inout TextReport, _ describe: (inout TextReport, JSONValue) -> Void) {
        switch result {
        case .success(let members):
            describe(&report, .object(members))
            if let path = members["evidence"]?.stringValue { report.field("evidence", path) }
        case .failure(let error):
            report.heading("Refused", name, style: .red)
            report.field("reason", error.message)
        }
    }
}

extension [String] {
    /// Does the same with each of several files, in order.
    ///
    /// - Throws: What concerns all of them, such as a server that does not answer; and, when there is one file only,
    ///   whatever went wrong with it.
    func eachOutcome(_ work: (String) async throws -> [String: JSONValue]) async throws -> [FileOutcome] {
        var outcomes: [FileOutcome] = []
        for name in self {
            do {
                outcomes.append(FileOutcome(name: name, result: .success(try await work(name))))
            } catch {
                let error = CommandError(error)
                guard count > 1, error.status == .doesNotHold else { throw error }
                outcomes.append(FileOutcome(name: name, result: .failure(error)))
            }
        }
        return outcomes
    }
}
