import Documents

/// Text as it is found, under the limit.
struct TextCollector {
    private(set) var bytes: [UInt8] = []
    private(set) var isCut = false

    /// UTF-8. Past the limit, the rest is left out at a character's start.
    mutating func append(_ piece: UnsafeRawBufferPointer) {
        let room = DocumentLimits.textBytes - bytes.count
        guard piece.count > room else {
            bytes += piece
            return
        }
        isCut = true
        var end = room
        while end > 0, piece[end] & 0xC0 == 0x80 { end -= 1 }
        bytes += piece.prefix(end)
    }

    mutating func append(_ piece: String) {
        var piece = piece
        piece.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Ends a line. Never two empty lines on end.
    mutating func endLine() {
        if !bytes.isEmpty, !bytes.suffix(2).elementsEqual([0x0A, 0x0A]) { append("\n") }
    }

    /// One space for any run of them.
    mutating func space() {
        if let last = bytes.last, last != 0x20, last != 0x0A { append(" ") }
    }

    /// Every run of white space as one space, as markup means it.
    mutating func appendCollapsed(_ piece: UnsafeRawBufferPointer) {
        var start = piece.startIndex
        while start < piece.endIndex {
            if Self.isWhite(piece[start]) {
                space()
                start += 1
            } else {
                let end = piece[start...].firstIndex(where: Self.isWhite) ?? piece.endIndex
                append(UnsafeRawBufferPointer(rebasing: piece[start..<end]))
                start = end
            }
        }
    }

    private static func isWhite(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// What is read ends, whatever follows.
    mutating func cut() { isCut = true }

    /// What is no UTF-8 becomes U+FFFD, NUL and other control characters but tab and line feed a space.
    var text: String {
        let controls = bytes.map { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A || $0 == 0x7F ? 0x20 : $0 }
        return String(decoding: controls, as: UTF8.self)
    }
}
