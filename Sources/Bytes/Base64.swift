/// Standard base64 with padding (RFC 4648, section 4), strict: one spelling for each byte string.
public enum Base64 {
    @usableFromInline
    static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let invalid: UInt8 = 255
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: invalid, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()
    @usableFromInline
    static let padding = UInt8(ascii: "=")

    // Inlinable, so that callers in other modules get code for their own kind of collection.
    @inlinable
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var buffer: UInt32 = 0
        var pending = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            pending += 1
            if pending == 3 {
                for shift in [18, 12, 6, 0] { text.append(alphabet[Int(buffer >> UInt32(shift) & 63)]) }
                (buffer, pending) = (0, 0)
            }
        }
        if pending > 0 {
            buffer <<= UInt32(8 * (3 - pending))
            for position in 0..<4 {
                text.append(position <= pending ? alphabet[Int(buffer >> UInt32(18 - 6 * position) & 63)] : padding)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that `text` spells; `nil` for line breaks, missing padding, unused bits that are not zero.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count.isMultiple(of: 4) else { return nil }
        guard let last = characters.last else { return [] }
        let paddingCount = last != padding ? 0 : characters[characters.count - 2] != padding ? 1 : 2
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3)
        for start in stride(from: 0, to: characters.count, by: 4) {
            let isLast = start + 4 == characters.count
            var buffer: UInt32 = 0
            for position in 0..<4 {
                let isPadding = isLast && position >= 4 - paddingCount
                let value = isPadding ? 0 : values[Int(characters[start + position])]
                guard value != invalid else { return nil }
                buffer = buffer << 6 | UInt32(value)
            }
            for position in 0..<(isLast ? 3 - paddingCount : 3) {
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(16 - 8 * position)))
            }
            let unusedBits: UInt32 = isLast ? [0, 0xFF, 0xFFFF][paddingCount] : 0
            guard buffer & unusedBits == 0 else { return nil }
        }
        return bytes
    }
}
