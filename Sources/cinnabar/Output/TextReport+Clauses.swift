import Evidence

extension TextReport {
    /// As many changed clauses of one document as a person reads.
    private static let changeLimit = 20
    /// Characters around a difference that are shown of a long clause.
    private static let contextLimit = 60
    private static let margin = valueColumn + 2

    /// How a registered document's clauses differ, each under its heading. What was registered alone stands in `[-…-]`,
    /// what the file alone has in `{+…+}`, as `git diff --word-diff` writes it.
    mutating func clauses(_ comparison: JSONValue) {
        let changes = comparison["changes"]?.arrayValue ?? []
        var heading: String?
        for change in changes.prefix(Self.changeLimit) {
            let next = change["heading"]?.stringValue
            if next != heading, let next { continuation(next, style: .bold) }
            heading = next
            let registered = change["registered"]?.stringValue ?? ""
            let found = change["found"]?.stringValue ?? ""
            switch change["kind"]?.stringValue {
            case "added": pieces([("{+\(found)+}", .green)], indent: Self.margin)
            case "removed": pieces([("[-\(registered)-]", .red)], indent: Self.margin)
            default: pieces(Self.pieces(change["pieces"]?.arrayValue ?? []), indent: Self.margin)
            }
        }
        let all = Int(comparison["changed"]?.integerValue ?? 0)
        let rest = all - min(changes.count, Self.changeLimit)
        if rest > 0 { continuation("and \(Wording.count(rest, "clause", "clauses")) more, which --json lists") }
        if !changes.isEmpty {
            continuation("[-registered only-] {+in this file only+}", style: .dim)
        }
    }

    private static func pieces(_ pieces: [JSONValue]) -> [(text: String, style: Style)] {
        pieces.enumerated().map { number, piece in
            let text = piece["text"]?.stringValue ?? ""
            return switch piece["kind"]?.stringValue {
            case "removed": ("[-\(text)-]", .red)
            case "added": ("{+\(text)+}", .green)
            default: (shortened(text, isFirst: number == 0, isLast: number == pieces.count - 1), .plain)
            }
        }
    }

    /// What lies far from any difference is left out.
    private static func shortened(_ text: String, isFirst: Bool, isLast: Bool) -> String {
        guard text.count > contextLimit * 2 else { return text }
        let start = isFirst ? "" : String(text.prefix(contextLimit))
        let end = isLast ? "" : String(text.suffix(contextLimit))
        return start + "…" + end
    }
}
