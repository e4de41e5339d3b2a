/// RFC 4648 base 32, capital letters, without padding: how an ISCC is written.
enum Base32 {
    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var bits = 0
        var value: UInt32 = 0
        for byte in bytes {
            value = value << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(value >> bits & 31)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(value << (5 - bits) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// `nil` for another character, for a length that no bytes have, and for bits set after the last byte.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits = 0
        var value: UInt32 = 0
        for character in text.utf8 {
            switch character {
            case 0x41...0x5A: value = value << 5 | UInt32(character - 0x41)
            case 0x32...0x37: value = value << 5 | UInt32(character - 0x32 + 26)
            default: return nil
            }
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: value >> bits))
            }
        }
        guard bits < 5, value & (1 << bits - 1) == 0 else { return nil }
        return bytes
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
}
