extension MediaFormat {
    /// What a ZIP is by its members' names: every OOXML text has `word/document.xml`, and every OpenDocument text begins
    /// with a stored member that holds its media type (ODF 1.3 part 2, 3.3).
    static func package(_ bytes: [UInt8]) -> MediaFormat {
        let openDocument = Array("mimetypeapplication/vnd.oasis.opendocument.text".utf8)
        // A local header is 30 bytes long, and the media type ends there: not that of a template or a master.
        let isOpenDocument =
            bytes.dropFirst(30).starts(with: openDocument)
            && bytes.dropFirst(30 + openDocument.count).starts(with: [0x50, 0x4B])
        return isOpenDocument ? .odt : isWordDocument(bytes) ? .docx : .zip
    }

    /// Whether the ZIP's central directory or local headers name `word/document.xml`, which every such document has.
    private static func isWordDocument(_ bytes: [UInt8]) -> Bool {
        let name = Array("word/document.xml".utf8)
        guard bytes.count >= name.count else { return false }
        return (0...bytes.count - name.count).contains { start in
            bytes[start] == name[0] && bytes[start..<start + name.count].elementsEqual(name)
        }
    }

    /// UTF-8 without NUL, UTF-16 with a byte-order mark, or what has the shape of a Chinese or Korean double-byte
    /// encoding and no control character. Empty is no text.
    static func isText(_ bytes: [UInt8]) -> Bool {
        if bytes.isEmpty { return false }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return isUTF16(bytes)
        }
        return !bytes.contains(0)
            && (String(validating: bytes, as: UTF8.self) != nil || isDoubleByteText(bytes))
    }

    /// By the byte-order mark that `bytes` begins with, with a character after it and no NUL.
    private static func isUTF16(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 2, bytes.count.isMultiple(of: 2) else { return false }
        let high = bytes[0] == 0xFE ? 0 : 1
        let units = stride(from: 0, to: bytes.count, by: 2).map { start in
            UInt16(bytes[start + high]) << 8 | UInt16(bytes[start + 1 - high])
        }
        return !units.contains(0) && String(validating: units, as: UTF16.self) != nil
    }

    /// GB18030, and EUC-KR with its extension, which is a part of it in shape: lead bytes 81 to FE, then 40 to FE but
    /// 7F, or in GB18030 a digit, a lead byte and a digit.
    private static func isDoubleByteText(_ bytes: [UInt8]) -> Bool {
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            if byte < 0x80 {
                guard byte >= 0x20 && byte != 0x7F || (0x09...0x0D).contains(byte) else { return false }
                place += 1
                continue
            }
            guard (0x81...0xFE).contains(byte), place + 1 < bytes.count else { return false }
            let next = bytes[place + 1]
            if (0x30...0x39).contains(next) {
                guard place + 3 < bytes.count, (0x81...0xFE).contains(bytes[place + 2]),
                    (0x30...0x39).contains(bytes[place + 3])
                else { return false }
                place += 4
            } else {
                guard (0x40...0xFE).contains(next), next != 0x7F else { return false }
                place += 2
            }
        }
        return true
    }

    /// Whether it begins, after white space, a byte-order mark and comments, as HTML does (WHATWG MIME Sniffing, 7.1).
    static func isHTML(_ bytes: [UInt8]) -> Bool {
        var head = String(decoding: bytes.prefix(1024), as: UTF8.self).lowercased().drop {
            $0.isWhitespace || $0 == "\u{FEFF}"
        }
        if head.hasPrefix("<?xml"), let end = head.firstRange(of: "?>") { head = head[end.upperBound...] }
        head = head.drop { $0.isWhitespace }
        while head.hasPrefix("<!--"), let end = head.firstRange(of: "-->") {
            head = head[end.upperBound...].drop { $0.isWhitespace }
        }
        return ["<!doctype html", "<html", "<head", "<body"].contains { head.hasPrefix($0) }
    }
}
