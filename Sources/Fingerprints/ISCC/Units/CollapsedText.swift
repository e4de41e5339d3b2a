import Foundation

/// A text as ISO 24138 compares it: small letters without accents, white space, punctuation and invisible characters.
///
/// Source: iscc-core, `text_collapse`. Characters that Unicode has assigned since version 14 are kept here where an older
/// reference drops them.
public struct CollapsedText: Sendable {
    public let scalars: [Unicode.Scalar]

    public init(_ text: String) {
        if let plain = Self.plain(text) {
            scalars = plain
        } else {
            let kept = Self.kept(of: Self.decomposed(text))
            scalars = Self.composed(String(decoding: kept, as: UTF8.self).unicodeScalars)
        }
    }

    /// Latin letters and digits alone need no tables; `nil` when there is anything else.
    private static func plain(_ text: String) -> [Unicode.Scalar]? {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            guard byte < 0x80 else { return nil }
            let scalar = Unicode.Scalar(byte)
            if !isDropped(scalar) {
                scalars.append(byte >= 0x41 && byte <= 0x5A ? Unicode.Scalar(byte + 0x20) : scalar)
            }
        }
        return scalars
    }

    /// Canonical decomposition, but for the order of accents: they are dropped next.
    private static func decomposed(_ text: String) -> [Unicode.Scalar] {
        var seen: [Unicode.Scalar: [Unicode.Scalar]] = [:]
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.utf8.count / 2)
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                scalars.append(scalar)
            } else if let parts = seen[scalar] {
                scalars += parts
            } else {
                let parts = Array(String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars)
                seen[scalar] = parts
                scalars += parts
            }
        }
        return scalars
    }

    /// What is left, in small letters, as UTF-8: a string grown by scalars is copied again and again.
    private static func kept(of scalars: [Unicode.Scalar]) -> [UInt8] {
        var seen: [Unicode.Scalar: [UInt8]] = [:]
        var kept: [UInt8] = []
        kept.reserveCapacity(scalars.count * 2)
        for (index, scalar) in scalars.enumerated() {
            if scalar == capitalSigma {
                kept += String(isFinalSigma(at: index, in: scalars) ? finalSigma : smallSigma).utf8
            } else if let parts = seen[scalar] {
                kept += parts
            } else {
                let lowered = scalar.properties.lowercaseMapping.unicodeScalars
                let parts = lowered.flatMap { isDropped($0) ? [] : Array(String($0).utf8) }
                seen[scalar] = parts
                kept += parts
            }
        }
        return kept
    }

    /// Compatibility composition, piece by piece: the system's takes time by the square of the length.
    private static func composed(_ scalars: String.UnicodeScalarView) -> [Unicode.Scalar] {
        var boundaries: [Unicode.Scalar: Bool] = [:]
        var composed: [Unicode.Scalar] = []
        var piece: [UInt8] = []
        func finishPiece() {
            let text = String(decoding: piece, as: UTF8.self)
            composed += text.compatibilityComposed.unicodeScalars
            piece.removeAll(keepingCapacity: true)
        }
        for scalar in scalars {
            if piece.count >= pieceBytes {
                let isBoundary = boundaries[scalar] ?? isBoundary(scalar)
                boundaries[scalar] = isBoundary
                if isBoundary { finishPiece() }
            }
            // The system composes two of the old Korean letters that Unicode does not.
            let isOldLetter = isOldKorean(scalar)
            if isOldLetter { finishPiece() }
            piece.append(contentsOf: UTF8.encode(scalar)!)
            if isOldLetter { finishPiece() }
        }
        finishPiece()
        return composed
    }

    /// Whether a character never composes with what stands before it. Without accents, only the vowels and the final
    /// consonants of Korean syllables do, and what becomes an accent or one of those by composing.
    private static func isBoundary(_ scalar: Unicode.Scalar) -> Bool {
        !(0x1160...0x11FF).contains(scalar.value)
            && String(scalar).compatibilityComposed.unicodeScalars.elementsEqual([scalar])
    }

    /// Letters that are in no syllable of today's.
    private static func isOldKorean(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1113...0x1160, 0x1176...0x11A7, 0x11C3...0x11FF: true
        default: false
        }
    }

    private static let pieceBytes = 512

    /// Controls, formats and unassigned characters, accents, punctuation, white space.
    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: true
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            true
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// Unicode's one rule of case by context: a sigma after a letter and not before one ends its word.
    private static func isFinalSigma(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
        let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
        return before?.properties.isCased == true && after?.properties.isCased != true
    }

    private static let capitalSigma: Unicode.Scalar = "\u{3A3}"
    private static let smallSigma: Unicode.Scalar = "\u{3C3}"
    private static let finalSigma: Unicode.Scalar = "\u{3C2}"
}

extension CollapsedText {
    /// The text's UTF-8, and where in it each character begins; the end stands last.
    var encoded: (bytes: [UInt8], starts: [Int]) {
        var bytes: [UInt8] = []
        var starts: [Int] = []
        starts.reserveCapacity(scalars.count + 1)
        for scalar in scalars {
            starts.append(bytes.count)
            bytes.append(contentsOf: UTF8.encode(scalar)!)
        }
        starts.append(bytes.count)
        return (bytes, starts)
    }

    /// Every run of `width` characters as UTF-8; of a shorter text the whole.
    func forEachWindow(of width: Int, _ body: (Span<UInt8>) -> Void) {
        let (bytes, starts) = encoded
        let span = bytes.span
        for first in 0..<max(scalars.count - width + 1, 1) {
            body(span.extracting(starts[first]..<starts[min(first + width, scalars.count)]))
        }
    }
}
