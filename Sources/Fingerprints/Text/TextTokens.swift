import Foundation

/// The units that text is compared in, whatever its script and layout: characters where a script has no spaces between
/// words (Han, Kana) or writes syllables (Hangul), words otherwise.
///
/// The text is taken in its compatibility form (NFKC) and in lower case. White space and punctuation only separate, and
/// within Chinese or Japanese not even that: lines of a PDF break there anywhere.
public enum TextTokens {
    /// The longest word that is kept whole: what is longer is no word, and is cut into pieces of this many characters.
    static let wordLimit = 32

    public static func tokens(of text: String) -> [String] {
        var tokens: [String] = []
        var word = String.UnicodeScalarView()
        func endWord() {
            if !word.isEmpty { tokens.append(String(word)) }
            word.removeAll(keepingCapacity: true)
        }
        let normalised = text.precomposedStringWithCompatibilityMapping.lowercased()
        for scalar in normalised.unicodeScalars {
            if isUnit(scalar) {
                endWord()
                tokens.append(String(Character(scalar)))
            } else if isWordPart(scalar) {
                word.append(scalar)
                if word.count == wordLimit { endWord() }
            } else {
                endWord()
            }
        }
        endWord()
        return tokens
    }

    /// Han, Kana and Hangul: a token each (Unicode 15, blocks).
    public static func isUnit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3041...0x3096, 0x30A1...0x30FF, 0x31F0...0x31FF,  // Kana
            0x3005, 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF,  // Han
            0x1100...0x11FF, 0x3131...0x318E, 0xA960...0xA97C, 0xAC00...0xD7FB:  // Hangul
            true
        default: false
        }
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}
