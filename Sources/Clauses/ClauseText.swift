import Foundation

/// Text as clauses are compared: documents of one text differ in its spaces, widths and line breaks.
enum ClauseText {
    /// Compatibility form, lower case, no white space. Quotation marks and dashes that look alike are one.
    static func characters(of text: String) -> [Character] {
        text.precomposedStringWithCompatibilityMapping.lowercased().compactMap { character in
            character.isWhitespace ? nil : sameLooking[character] ?? character
        }
    }

    private static let sameLooking: [Character: Character] = [
        "“": "\"", "”": "\"", "„": "\"", "「": "\"", "」": "\"", "‘": "'", "’": "'", "—": "-", "–": "-", "‐": "-",
        "―": "-", "·": "・",
    ]

    /// Two lines of one paragraph: between Chinese, Japanese or Korean characters a line may break anywhere, elsewhere
    /// only at a space.
    static func joined(_ first: String, _ second: String) -> String {
        guard let end = first.unicodeScalars.last, let start = second.unicodeScalars.first else {
            return first + second
        }
        return isWide(end) && isWide(start) ? first + second : first + " " + second
    }

    /// Han, Kana and their punctuation. Not Hangul: Korean has spaces between words, and breaks lines at either.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2E80...0x312F, 0x31A0...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFFEF, 0x20000...0x323AF:
            true
        default: false
        }
    }
}
