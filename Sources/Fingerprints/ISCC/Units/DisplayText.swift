import Foundation

/// Cleans titles and descriptions for showing, as ISO 24138 does before a Meta-Code is made.
///
/// Source: iscc-core, `text_clean`, `text_remove_newlines` and `text_trim`.
enum DisplayText {
    /// Compatibility characters composed, invisible ones gone, no more than one empty line in a row, none at the ends.
    static func cleaned(_ text: String) -> String {
        let visible = text.compatibilityComposed.unicodeScalars
            .filter { isNewline($0) || !isInvisible($0) }
        var kept: [String.UnicodeScalarView] = []
        for line in lines(of: visible) {
            if line.allSatisfy(isSpace) {
                if kept.last?.isEmpty != true || kept.isEmpty { kept.append(String.UnicodeScalarView()) }
            } else {
                kept.append(line)
            }
        }
        return stripped(kept.map { String($0) }.joined(separator: "\n"))
    }

    /// White space of any kind and length becomes one blank.
    static func oneLine(_ text: String) -> String {
        text.unicodeScalars.split(whereSeparator: isSpace).map { String($0) }.joined(separator: " ")
    }

    /// As many whole characters as fit, without white space at the ends.
    static func trimmed(_ text: String, toBytes limit: Int) -> String {
        var bytes = 0
        let fitting = text.unicodeScalars.prefix { scalar in
            bytes += UTF8.width(scalar)
            return bytes <= limit
        }
        return stripped(String(fitting))
    }

    static func stripped(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    private static func lines(of scalars: String.UnicodeScalarView) -> [String.UnicodeScalarView] {
        var lines: [String.UnicodeScalarView] = []
        var line = String.UnicodeScalarView()
        var before: Unicode.Scalar?
        for scalar in scalars {
            let endsPair = before == "\r" && scalar == "\n"
            before = scalar
            if endsPair { continue }
            if isNewline(scalar) {
                lines.append(line)
                line = String.UnicodeScalarView()
            } else {
                line.append(scalar)
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    private static func isNewline(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        isNewline(scalar) || scalar == "\t" || (0x1C...0x1F).contains(scalar.value)
            || scalar.properties.generalCategory == .spaceSeparator
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}

extension String {
    /// Unicode's NFKC. In two steps: the system's one step does not compose what it just took apart, such as Korean
    /// letters written one by one.
    var compatibilityComposed: String {
        decomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping
    }
}
