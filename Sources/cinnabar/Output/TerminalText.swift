/// Text as a terminal lays it out: how many columns it takes, where lines break, and what may not reach it.
enum TerminalText {
    /// The text without control characters, so that a title from a stranger moves no cursor and changes no colour.
    static func printable(_ text: String) -> String {
        var cleaned = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: cleaned.append(" ")
            case .format where scalar != "\u{200D}": continue  // direction overrides; the joiner of emoji stays
            default: cleaned.append(scalar)
            }
        }
        return String(cleaned)
    }

    /// The columns that `text` takes: two for East Asian wide characters and emoji, one for the others (UAX 11).
    static func columns(of text: String) -> Int {
        text.reduce(0) { columns, character in
            guard let scalar = character.unicodeScalars.first else { return columns }
            return columns + (isWide(scalar) ? 2 : 1)
        }
    }

    /// `text` filled up with spaces to `width` columns; longer text is left whole.
    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - columns(of: text)))
    }

    /// Lines of at most `width` columns, broken at spaces. A word that alone is wider, such as a digest, stays whole so
    /// that it can be copied.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if line.isEmpty {
                line = String(word)
            } else if columns(of: line) + 1 + columns(of: String(word)) <= width {
                line += " " + word
            } else {
                lines.append(line)
                line = String(word)
            }
        }
        return lines + [line]
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
