/// What a command tells a person: a heading, aligned fields, lists and sentences, laid out for the terminal's width.
struct TextReport {
    /// The column where values start: two of margin and the longest label we use.
    static let valueColumn = 14

    private(set) var lines: [String] = []
    private let width: Int
    private let colours: Bool

    /// - Parameter width: Columns of the terminal; lines break there, except inside digests and paths.
    init(width: Int, colours: Bool) {
        self.width = width
        self.colours = colours
    }

    mutating func blank() {
        if let last = lines.last, !last.isEmpty { lines.append("") }
    }

    /// A verb and what it was done to, on a line without margin.
    mutating func heading(_ verb: String, _ object: String = "", style: Style = .green) {
        blank()
        let object =
            object.isEmpty ? "" : "  " + Style.bold.applied(to: TerminalText.printable(object), colours: colours)
        lines.append(style.applied(to: verb, colours: colours) + object)
    }

    /// A label with its value. Further lines of a long value stand under its first.
    mutating func field(_ label: String, _ value: String, style: Style = .plain) {
        let margin = Style.dim.applied(
            to: TerminalText.padded("  " + label, to: Self.valueColumn),
            colours: colours
        )
        for (number, line) in wrapped(value, indent: Self.valueColumn).enumerated() {
            let start = number == 0 ? margin : String(repeating: " ", count: Self.valueColumn)
            lines.append(start + style.applied(to: line, colours: colours))
        }
    }

    /// A value under the field before it.
    mutating func continuation(_ value: String, style: Style = .plain) { field("", value, style: style) }

    /// A sentence over the whole width.
    mutating func sentence(_ text: String, indent: Int = 0, style: Style = .plain) {
        for line in wrapped(text, indent: indent) {
            lines.append(String(repeating: " ", count: indent) + style.applied(to: line, colours: colours))
        }
    }

    /// Pieces of one text, each in its style, on a line that the terminal breaks.
    mutating func pieces(_ pieces: [(text: String, style: Style)], indent: Int = valueColumn) {
        let text = pieces.map { $0.style.applied(to: TerminalText.printable($0.text), colours: colours) }.joined()
        lines.append(String(repeating: " ", count: indent) + text)
    }

    /// One line as it is.
    mutating func line(_ text: String) { lines.append(text) }

    /// Lines as they are, such as a signed note; control characters excepted.
    mutating func verbatim(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            lines.append(line.isEmpty ? "" : "  " + TerminalText.printable(String(line)))
        }
        blank()
    }

    /// What to type next, never broken: it is there to be copied.
    mutating func command(_ text: String, purpose: String) {
        lines.append("  " + Style.bold.applied(to: text, colours: colours))
        sentence(purpose, indent: 6, style: .dim)
    }

    /// Columns aligned over all rows, two spaces apart; lines of the last one break under its start.
    mutating func table(_ header: [String], _ rows: [[String]]) {
        let rows = ([header] + rows).map { $0.map(TerminalText.printable) }
        let widths = header.indices.dropLast().map { column in
            rows.map { TerminalText.columns(of: $0[column]) }.max() ?? 0
        }
        let start = widths.reduce(2) { $0 + $1 + 2 }
        for (number, row) in rows.enumerated() {
            let cells = zip(row, widths).map { TerminalText.padded($0, to: $1) + "  " }
            let style: Style = number == 0 ? .dim : .plain
            for (part, text) in wrapped(row.last ?? "", indent: start).enumerated() {
                let margin = part == 0 ? "  " + cells.joined() : String(repeating: " ", count: start)
                lines.append(style.applied(to: margin + text, colours: colours))
            }
        }
    }

    private func wrapped(_ text: String, indent: Int) -> [String] {
        TerminalText.wrapped(TerminalText.printable(text), to: max(20, width - indent))
    }
}
