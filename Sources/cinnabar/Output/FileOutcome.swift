import Evidence

/// What became of one of several files: the answer so far, and what went wrong, if anything did. Both may be there: a
/// registration is made for good, whatever fails after it.
struct FileOutcome {
    let name: String
    let members: [String: JSONValue]
    let error: CommandError?

    var hasFailed: Bool { error != nil }

    /// `{"file": …}` with the answer's members, and with `error`.
    var json: JSONValue {
        var members = members
        members["error"] = error?.body
        members["file"] = .string(name)
        return .object(members)
    }

    func describe(in report: inout TextReport, _ describe: (inout TextReport, JSONValue) -> Void) {
        if !members.isEmpty {
            describe(&report, .object(members))
            if let path = members["evidence"]?.stringValue { report.field("evidence", path) }
        }
        guard let error else { return }
        if members.isEmpty { report.heading("Refused", name, style: .red) }
        report.field(members.isEmpty ? "reason" : "but then", error.message)
        if let advice = error.advice { report.field("advice", advice) }
    }
}

extension [FileOutcome] {
    /// The worst that happened to any of them; `nil` when all went well.
    var failureStatus: ExitStatus? {
        let statuses = compactMap(\.error?.status)
        return statuses.contains(.environment) ? .environment : statuses.first
    }
}

extension [String] {
    /// Does the same with each of several files, in order, and stops at what concerns all of them, such as a server
    /// that does not answer: its error is the last outcome's.
    ///
    /// - Parameter work: Fills in the answer's members as it gets them, so that none is lost when a later step fails.
    /// - Throws: What went wrong with the first file, if it is the only one or concerns all of them, and there is
    ///   nothing else to tell.
    func eachOutcome(_ work: (String, inout [String: JSONValue]) async throws -> Void) async throws -> [FileOutcome] {
        var outcomes: [FileOutcome] = []
        for name in self {
            var members: [String: JSONValue] = [:]
            do {
                try await work(name, &members)
                outcomes.append(FileOutcome(name: name, members: members, error: nil))
            } catch {
                let error = CommandError(error)
                let concernsAll = error.status != .doesNotHold
                if members.isEmpty, outcomes.isEmpty, concernsAll || count == 1 { throw error }
                outcomes.append(FileOutcome(name: name, members: members, error: error))
                if concernsAll { break }
            }
        }
        return outcomes
    }
}
