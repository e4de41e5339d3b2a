import Bytes

extension VerificationReport {
    /// The report for people, at most about 100 columns wide.
    ///
    /// - Parameter showsCommands: Whether each check is followed by the command that redoes it.
    public func text(showsCommands: Bool) -> String {
        var lines: [String] = []
        if let id { lines.append("Registration  \(id)") }
        if let record { lines += Self.lines(for: record) }
        for group in VerificationCheck.Group.allCases {
            let checks = checks.filter { $0.group == group }
            guard !checks.isEmpty else { continue }
            lines += ["", Self.heading(of: group)]
            lines += checks.flatMap { Self.lines(for: $0, showsCommands: showsCommands) }
        }
        if !remains.isEmpty {
            lines += ["", "What remains to be trusted, and what this does not prove"]
            lines += remains.map { "  - \($0)" }
        }
        lines += ["", summary]
        return lines.map(Self.printable).joined(separator: "\n") + "\n"
    }

    /// Evidence is a stranger's: nothing in it may move the cursor, hide text, or start a line of its own.
    private static func printable(_ line: String) -> String {
        String(
            String.UnicodeScalarView(
                line.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                        "\u{FFFD}"
                    default: scalar
                    }
                }
            )
        )
    }

    private static func lines(for record: Record) -> [String] {
        var lines = ["Received      \(record.receivedAt) by the log's own clock, from \(record.submitter.account)"]
        for field in Claim.Field.allCases {
            guard let text = record.claim[field] else { continue }
            lines.append("Declared      \(field.rawValue): \(text.prefix(200))")
        }
        return lines
    }

    private static func heading(of group: VerificationCheck.Group) -> String {
        switch group {
        case .container: "Container"
        case .file: "The file"
        case .record: "The record"
        case .log: "The log"
        case .time: "Time"
        case .anchor: "Ledgers and calendars"
        case .trust: "Whom to trust"
        }
    }

    private static func lines(for check: VerificationCheck, showsCommands: Bool) -> [String] {
        let mark =
            switch check.status {
            case .passed: "passed     "
            case .failed: "FAILED     "
            case .notPresent: "not present"
            case .notRun: "not run    "
            }
        var lines = ["  \(mark)  \(check.title)  [\(check.name)]"]
        if check.status == .failed, let expected = check.expected {
            lines.append("               expected  \(expected)")
        }
        if check.status != .passed, let found = check.found { lines.append("               found     \(found)") }
        if check.status == .passed, [.time, .anchor, .trust].contains(check.group), let found = check.found {
            lines.append("               \(found)")
        }
        if showsCommands, let command = check.command {
            lines += command.split(separator: "\n").map { "               $ \($0)" }
        }
        return lines
    }
}
