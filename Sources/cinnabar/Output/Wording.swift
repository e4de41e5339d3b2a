/// Numbers and times as people read them.
enum Wording {
    /// `1,234,567`.
    static func count(_ value: some BinaryInteger) -> String {
        var text = ""
        for (position, digit) in String(value.magnitude).reversed().enumerated() {
            if position > 0, position.isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return (value < 0 ? "-" : "") + String(text.reversed())
    }

    /// `3 files`, `1 file`.
    static func count(_ value: Int, _ one: String, _ many: String) -> String {
        count(value) + " " + (value == 1 ? one : many)
    }

    /// `512 bytes`, `1.4 MB`, in powers of 1000 as disks are sold.
    static func size(_ bytes: Int64) -> String {
        guard bytes >= 1000 else { return "\(bytes) bytes" }
        var value = Double(bytes)
        var unit = ""
        for next in ["kB", "MB", "GB", "TB"] where value >= 1000 {
            value /= 1000
            unit = next
        }
        return decimal(value) + " " + unit
    }

    /// One digit after the point below 100, none above.
    static func decimal(_ value: Double) -> String {
        guard value < 100 else { return count(Int(value.rounded())) }
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// `42 s`, `3 min 20 s`, `2 h 5 min`.
    static func duration(_ seconds: Double) -> String {
        let seconds = Int(min(seconds, 1e9).rounded())
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
        return "\(seconds / 3600) h \(seconds / 60 % 60) min"
    }

    /// `2026-11-21 08:00:00.123 UTC` from RFC 3339 in UTC; other text is left as it is.
    ///
    /// - Parameter toSeconds: Leaves the milliseconds out, where the moment is only to be recognised.
    static func time(_ text: String, toSeconds: Bool = false) -> String {
        guard text.hasSuffix("Z"), text.contains("T") else { return text }
        let time = String(text.dropLast().replacing("T", with: " "))
        return (toSeconds ? String(time.prefix { $0 != "." }) : time) + " UTC"
    }

    /// `flip vertical` for `flipVertical`, `rotate 90` for `rotate90`.
    static func words(_ name: String) -> String {
        var last: Character?
        return name.reduce(into: "") { words, character in
            if character.isUppercase || character.isNumber && last?.isNumber == false { words += " " }
            words += character.lowercased()
            last = character
        }
    }
}
