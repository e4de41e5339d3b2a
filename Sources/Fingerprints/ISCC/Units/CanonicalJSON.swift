/// JSON in the one form of RFC 8785: keys in the order of their UTF-16, numbers as ECMAScript writes them.
public indirect enum CanonicalJSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// Finite.
    case number(Double)
    case string(String)
    case array([CanonicalJSON])
    case object([String: CanonicalJSON])

    var encoded: [UInt8] { Array(text.utf8) }

    private var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let value): Self.text(of: value)
        case .string(let value): Self.text(of: value)
        case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
                .map { Self.text(of: $0.key) + ":" + $0.value.text }.joined(separator: ",") + "}"
        }
    }

    private static func text(of value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{8}": text += "\\b"
            case "\t": text += "\\t"
            case "\n": text += "\\n"
            case "\u{C}": text += "\\f"
            case "\r": text += "\\r"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    /// The fewest digits that give the number back, without an exponent from 1e-6 up to below 1e21.
    private static func text(of value: Double) -> String {
        precondition(value.isFinite, "JSON has no number for it.")
        guard value != 0 else { return "0" }
        let sign = value < 0 ? "-" : ""
        // Swift writes the fewest digits too, but places the point and the exponent otherwise.
        let parts = value.magnitude.description.split(separator: "e")
        let number = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let fraction = number.count > 1 && number[1] != "0" ? number[1] : ""
        var digits = String((number[0] + fraction).drop { $0 == "0" })
        let leadingZeros = number[0].count + fraction.count - digits.count
        var point = number[0].count - leadingZeros + (parts.count > 1 ? Int(parts[1])! : 0)
        while digits.hasSuffix("0") { digits.removeLast() }
        let count = digits.count
        if count <= point, point <= 21 { return sign + digits + String(repeating: "0", count: point - count) }
        if point > 0, point <= 21 { return sign + digits.prefix(point) + "." + digits.dropFirst(point) }
        if point > -6, point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        point -= 1
        let mantissa = count == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst()
        return sign + mantissa + "e" + (point < 0 ? "-" : "+") + String(point.magnitude)
    }
}
