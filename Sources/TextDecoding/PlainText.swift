import Documents
import MediaDecoding

/// Plain text: its encoding, and UTF-8 made of it.
enum PlainText {
    static func document(from bytes: UnsafeRawBufferPointer, charset: Charset?) throws(DocumentError) -> Document {
        let (text, charset) = try decoded(bytes, charset: charset)
        var collector = TextCollector()
        let lines = text.withUnsafeBytes { bytes in
            // Both ends of line that are not a line feed become one.
            var lines: [UInt8] = []
            lines.reserveCapacity(bytes.count)
            for (place, byte) in bytes.enumerated() {
                if byte == 0x0D {
                    if place + 1 == bytes.count || bytes[place + 1] != 0x0A { lines.append(0x0A) }
                } else {
                    lines.append(byte)
                }
            }
            return lines
        }
        lines.withUnsafeBytes { collector.append($0) }
        return Document(method: .plain, text: collector.text, isCut: collector.isCut, charset: charset.rawValue)
    }

    /// UTF-8 without a byte-order mark. A byte-order mark decides, then what was declared, then the bytes themselves.
    ///
    /// - Throws: ``DocumentError`` `.unknownCharset`.
    static func decoded(
        _ bytes: UnsafeRawBufferPointer,
        charset: Charset?
    ) throws(DocumentError) -> (text: [UInt8], charset: Charset) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return try converted(bytes.dropFirst(3), .utf8) }
        if bytes.starts(with: [0xFF, 0xFE]) { return try converted(bytes.dropFirst(2), .utf16LittleEndian) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try converted(bytes.dropFirst(2), .utf16BigEndian) }
        if let charset { return try converted(bytes[...], charset) }
        if let text = try? converted(bytes[...], .utf8) { return text }
        let isKorean = CharsetGuess.looksKorean(bytes)
        for charset in isKorean ? [Charset.eucKR, .gb18030] : [.gb18030, .eucKR] {
            if let text = try? converted(bytes[...], charset) { return text }
        }
        throw DocumentError(.unknownCharset)
    }

    private static func converted(
        _ bytes: Slice<UnsafeRawBufferPointer>,
        _ charset: Charset
    ) throws(DocumentError) -> (text: [UInt8], charset: Charset) {
        let bytes = UnsafeRawBufferPointer(rebasing: bytes)
        let text: [UInt8]?
        switch charset {
        case .utf8: text = String(validating: bytes, as: UTF8.self).map { Array($0.utf8) }
        case .utf16LittleEndian: text = utf16(bytes, high: 1)
        case .utf16BigEndian: text = utf16(bytes, high: 0)
        default: text = Converters.utf8(bytes, charset)
        }
        guard let text else { throw DocumentError(.unknownCharset) }
        return (text, charset)
    }

    /// - Parameter high: Which of each two bytes is the higher.
    private static func utf16(_ bytes: UnsafeRawBufferPointer, high: Int) -> [UInt8]? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        let units = (0..<bytes.count / 2).map { UInt16(bytes[$0 * 2 + high]) << 8 | UInt16(bytes[$0 * 2 + 1 - high]) }
        return String(validating: units, as: UTF16.self).map { Array($0.utf8) }
    }
}
