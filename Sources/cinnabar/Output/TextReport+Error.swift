import Evidence

extension TextReport {
    /// One sentence and what to do next.
    mutating func error(_ error: CommandError) {
        sentence("error: " + error.message, style: .red)
        if let advice = error.advice { sentence(advice, indent: 7) }
    }

    /// The argument parser's own message, with its lines kept.
    mutating func verbatim(unindented text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { self.line(String(line)) }
    }
}

extension CommandError {
    /// `{"error": {"code", "message", "advice"}}`, what `--json` writes.
    var json: JSONValue { ["error": body] }

    /// The members alone, for lists in which some items failed.
    var body: JSONValue {
        var members: [String: JSONValue] = ["code": .string(code), "message": .string(message)]
        members["advice"] = advice.map(JSONValue.string)
        return .object(members)
    }
}
