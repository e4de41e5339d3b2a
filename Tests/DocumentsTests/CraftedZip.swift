import Gzip

/// A ZIP of given members, made in memory.
enum CraftedZip {
    static func bytes(_ members: [(name: String, content: [UInt8])], isStored: Bool = false) -> [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for (name, content) in members {
            // Raw deflate is what gzip has between its header of 10 bytes and its trailer of CRC-32 and size.
            let gzip = Gzip.compressed(content, level: 9) ?? []
            let crc = Array(gzip.suffix(8).prefix(4))
            let isStored = isStored || name == "mimetype"
            let data = isStored ? content : Array(gzip.dropFirst(10).dropLast(8))
            let common =
                [20, 0, 0, 8, isStored ? 0 : 8, 0, 0, 0, 0x21, 0] + crc + littleEndian(data.count)
                + littleEndian(content.count) + [UInt8(Array(name.utf8).count), 0, 0, 0]
            directory += [0x50, 0x4B, 1, 2, 20, 0] + common + [UInt8](repeating: 0, count: 10)
            directory += littleEndian(file.count) + Array(name.utf8)
            file += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + data
        }
        let count = UInt8(members.count)
        let end = [0x50, 0x4B, 5, 6, 0, 0, 0, 0, count, 0, count, 0] + littleEndian(directory.count)
        return file + directory + end + littleEndian(file.count) + [0, 0]
    }

    /// A word processor's file with this body.
    static func docx(_ body: String, prolog: String = "") -> [UInt8] {
        let xml = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>\(prolog)
            <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
             xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>\(body)</w:body></w:document>
            """
        return bytes([("[Content_Types].xml", Array("<Types/>".utf8)), ("word/document.xml", Array(xml.utf8))])
    }

    /// An OpenDocument text with this body.
    static func odt(_ body: String) -> [UInt8] {
        let xml = """
            <?xml version="1.0" encoding="UTF-8"?>
            <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
             xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>\(body)</office:text>
            </office:body></office:document-content>
            """
        let type = "application/vnd.oasis.opendocument.text"
        return bytes([("mimetype", Array(type.utf8)), ("content.xml", Array(xml.utf8))])
    }

    private static func littleEndian(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
