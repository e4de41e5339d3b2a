import Bytes

/// Hexadecimal with `0x` before it, as JSON-RPC writes it.
enum HexText {
    /// Bytes of an even number of digits in either case; `nil` for anything else.
    static func bytes(_ text: String) -> [UInt8]? {
        guard text.hasPrefix("0x") || text.hasPrefix("0X") else { return nil }
        return Hex.decode(text.dropFirst(2).lowercased())
    }

    /// A number of up to 256 bits as its bytes without leading zeros. The standard wants no leading zeros here; some
    /// nodes write them.
    static func number(_ text: String) -> [UInt8]? {
        guard text.hasPrefix("0x") || text.hasPrefix("0X"), text.count > 2 else { return nil }
        let digits = text.dropFirst(2).lowercased()
        guard let bytes = Hex.decode(digits.count.isMultiple(of: 2) ? digits : "0" + digits), bytes.count <= 32 else {
            return nil
        }
        return Array(bytes.drop { $0 == 0 })
    }

    static func text(_ bytes: some Sequence<UInt8>) -> String { "0x" + Hex.encode(bytes) }

    static func text(_ number: UInt64) -> String { "0x" + String(number, radix: 16) }
}
