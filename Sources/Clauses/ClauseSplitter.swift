/// Cuts a contract's text into clauses: at headings (`第五条`, `제5조`, `Article 5`, `5.2`, `(一)`, `一、`) and at the ends of
/// sentences. Other line breaks mean nothing: a PDF has one at the end of every line.
public enum ClauseSplitter {
    /// Clauses of one text that are compared; what follows is left out. A contract of 500 pages has about 10,000.
    public static let clauseLimit = 20_000
    /// Characters of a line that can be a heading.
    private static let headingLimit = 60

    public static func clauses(of text: String) -> [Clause] {
        var clauses: [Clause] = []
        var heading: String?
        var pending = ""

        func end() {
            let sentence = pending.trimmingSpace()
            pending = ""
            if !sentence.isEmpty, clauses.count < clauseLimit {
                clauses.append(Clause(heading: heading, text: sentence))
            }
        }

        for line in text.split(whereSeparator: \.isNewline) {
            let line = String(line).trimmingSpace()
            if line.isEmpty { continue }
            if startsClause(line) {
                end()
                if isHeading(line) {
                    heading = line
                    pending = line
                    end()
                    continue
                }
            }
            for sentence in sentences(of: line) {
                pending = pending.isEmpty ? sentence : ClauseText.joined(pending, sentence)
                if endsSentence(pending) { end() }
            }
            // A line that is short and ends without a mark, before one that begins anew, is caught by the next heading
            // or sentence alone: signatures and tables come out as one clause.
        }
        end()
        return clauses
    }

    /// Whether the line begins with a number as clauses have.
    static func startsClause(_ line: String) -> Bool {
        line.prefixMatch(of: number) != nil
    }

    /// The article's line alone, without its text.
    private static func isHeading(_ line: String) -> Bool {
        line.count <= headingLimit && !endsSentence(line) && line.prefixMatch(of: article) != nil
            && !line.contains { "。；！？".contains($0) }
    }

    /// Made anew for each use: a regular expression is not Sendable.
    private static var article: Regex<Substring> {
        /(?:第[0-9０-９零〇一二三四五六七八九十百千]+[条條章节節款项項編编]|제\s?[0-9]+\s?(?:조|장|절|항)(?:의\s?[0-9]+)?|(?:ARTICLE|Article|SECTION|Section|Clause|CLAUSE)\s+[0-9IVXLC]+\b|[0-9]{1,2}\.\s+[A-Z])/
    }

    private static var number: Regex<Substring> {
        /(?:第[0-9０-９零〇一二三四五六七八九十百千]+[条條章节節款项項編编]|제\s?[0-9]+\s?(?:조|장|절|항)|(?:ARTICLE|Article|SECTION|Section|Clause|CLAUSE)\s+[0-9IVXLC]+\b|[0-9]{1,2}(?:\.[0-9]{1,2})+\s|[0-9]{1,2}[.、．]\s?[^0-9\s]|[（(][0-9０-９一二三四五六七八九十a-z]{1,3}[)）]|[一二三四五六七八九十]+、|[①-⑳]|[•·\-–]\s)/
    }

    private static func endsSentence(_ text: String) -> Bool {
        guard let last = text.last(where: { !closing.contains($0) }) else { return false }
        return "。！？；.!?;:：".contains(last)
    }

    private static let closing: Set<Character> = ["”", "’", "\"", "'", "」", "』", "）", ")", "》"]

    /// Pieces of a line that each end with a full stop; the last may go on in the next line.
    private static func sentences(of line: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        let characters = Array(line)
        for (place, character) in characters.enumerated() {
            piece.append(character)
            let next = place + 1 < characters.count ? characters[place + 1] : " "
            let isWideEnd = "。！？；".contains(character) && !closing.contains(next)
            // A point within a number or an abbreviation is followed by no space.
            let isNarrowEnd =
                ".!?;".contains(character) && next.isWhitespace && piece.count > 3
                && place > 0 && !characters[place - 1].isNumber
            let isAfterClosing =
                closing.contains(character) && place > 0 && "。！？".contains(characters[place - 1])
                && !closing.contains(next)
            if isWideEnd || isNarrowEnd || isAfterClosing {
                pieces.append(piece.trimmingSpace())
                piece = ""
            }
        }
        let rest = piece.trimmingSpace()
        return rest.isEmpty ? pieces : pieces + [rest]
    }
}

extension String {
    /// Without white space at both ends.
    func trimmingSpace() -> String {
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }
}
