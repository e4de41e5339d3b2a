extension JSONValue {
    /// How the bytes are laid out. Keys are sorted by their UTF-8 bytes in both.
    public enum Layout: Sendable {
        /// Two-space indent and one final newline: what a judge reads, and what `record.json` is.
        case readable
        /// No white space at all: one line of an NDJSON stream.
        case compact
    }

    /// The document's UTF-8 bytes.
    public func encoded(_ layout: Layout = .readable) -> [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes, layout: layout, depth: 0)
        if layout == .readable { bytes.append(UInt8(ascii: "\n")) }
        return bytes
    }

    private func write(to bytes: inout [UInt8], layout: Layout, depth: Int) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .number(let text): bytes += text.utf8
        case .string(let text): Self.write(text, to: &bytes)
        case .array(let items):
            Self.writeList(items, between: ("[", "]"), to: &bytes, layout: layout, depth: depth) { item, bytes in
                item.write(to: &bytes, layout: layout, depth: depth + 1)
            }
        case .object(let members):
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            Self.writeList(sorted, between: ("{", "}"), to: &bytes, layout: layout, depth: depth) { member, bytes in
                Self.write(member.key, to: &bytes)
                bytes += (layout == .readable ? ": " : ":").utf8
                member.value.write(to: &bytes, layout: layout, depth: depth + 1)
            }
        }
    }

    private static func writeList<Item>(
        _ items: [Item],
        between brackets: (opening: Unicode.Scalar, closing: Unicode.Scalar),
        to bytes: inout [UInt8],
        layout: Layout,
        depth: Int,
        _ writeItem: (Item, inout [UInt8]) -> Void
    ) {
        bytes.append(UInt8(ascii: brackets.opening))
        for (position, item) in items.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            if layout == .readable { startLine(in: &bytes, depth: depth + 1) }
            writeItem(item, &bytes)
        }
        if layout == .readable, !items.isEmpty { startLine(in: &bytes, depth: depth) }
        bytes.append(UInt8(ascii: brackets.closing))
    }

    private static func startLine(in bytes: inout [UInt8], depth: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var rest = text.utf8[...]
        // What needs no escape, nearly all of every text, is copied in one step.
        while let special = rest.firstIndex(where: { !standsForItself($0) }) {
            bytes.append(contentsOf: rest[..<special])
            writeEscape(rest[special], to: &bytes)
            rest = rest[rest.index(after: special)...]
        }
        bytes.append(contentsOf: rest)
        bytes.append(UInt8(ascii: "\""))
    }

    private static func standsForItself(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func writeEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
        case UInt8(ascii: "\r"): bytes += #"\r"#.utf8
        case UInt8(ascii: "\t"): bytes += #"\t"#.utf8
        case 0..<0x20, 0x7F:
            let hex = String(byte, radix: 16)
            bytes += (#"\u"# + String(repeating: "0", count: 4 - hex.count) + hex).utf8
        default: bytes += [UInt8(ascii: "\\"), byte]
        }
    }
}
