import Programs

/// Files that are not what they should be, made as needed.
enum BadFiles {
    /// The first half of a good photo.
    static func truncatedJPEG() throws -> [UInt8] {
        let photo = try Scratch.bytes(at: Repository.path("Samples/photos/teapot.jpg"))
        return Array(photo.prefix(photo.count / 2))
    }

    /// A PNG that says it has 50,000 × 50,000 pixels, 7.5 GB, and holds none.
    static let hugePNG: [UInt8] = {
        let size = bigEndian(50_000)
        let emptyStream: [UInt8] = [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", size + size + [8, 2, 0, 0, 0])
            + chunk("IDAT", emptyStream) + chunk("IEND", [])
    }()

    static func svg(referringTo url: String) -> [UInt8] {
        Array(
            """
            <?xml version="1.0"?>
            <!DOCTYPE svg [<!ENTITY outside SYSTEM "\(url)/entity">]>
            <?xml-stylesheet href="\(url)/style.css"?>
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="64">
              <image xlink:href="\(url)/picture.png" width="64" height="64"/><text>&outside;</text>
            </svg>
            """.utf8
        )
    }

    /// A PDF that would call out when it is opened, and holds its page's content elsewhere.
    static func pdf(referringTo url: String) -> [UInt8] {
        Array(
            """
            %PDF-1.7
            1 0 obj <</Type /Catalog /Pages 2 0 R /OpenAction <</S /URI /URI (\(url)/open)>>>> endobj
            2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
            3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R>> endobj
            4 0 obj <</Length 0 /F <</FS /URL /F (\(url)/content)>>>> stream
            endstream endobj
            trailer <</Root 1 0 R>>
            %%EOF

            """.utf8
        )
    }

    /// A ZIP of 7 MB with one member of a gigabyte of zeros, deflated by fixed codes (RFC 1951, 3.2.6).
    static let zipBomb: [UInt8] = {
        // A final block of fixed codes: a literal zero, then copies of 258 bytes from one byte back.
        let header = [1, 1, 0], literal = [0, 0, 1, 1, 0, 0, 0, 0], copy = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]
        let copies = 1 << 22
        var bits = header + literal
        // 13 bits a copy: 8 copies fill 13 bytes, which repeat.
        for _ in 0..<16 { bits += copy }
        let first = Array(bytes(bits).prefix(13)), second = Array(bytes(bits).dropFirst(13).prefix(13))
        var data = first
        data.reserveCapacity(copies / 8 * 13)
        for _ in 0..<(copies / 8) { data += second }
        let expanded = UInt32(copies) * 258
        let sizes = littleEndian(UInt32(data.count)) + littleEndian(expanded)
        let common: [UInt8] = [20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0, 1, 2, 3, 4] + sizes + [8, 0, 0, 0]
        let name = Array("bomb.bin".utf8)
        let local = [0x50, 0x4B, 3, 4] + common + name + data
        let directory = [0x50, 0x4B, 1, 2, 20, 0] + common + [UInt8](repeating: 0, count: 14) + name
        let end = [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0] + littleEndian(UInt32(directory.count))
        return local + directory + end + littleEndian(UInt32(local.count)) + [0, 0]
    }()

    private static func bytes(_ bits: [Int]) -> [UInt8] {
        stride(from: 0, to: bits.count - 7, by: 8).map { start in
            (0..<8).reduce(0) { $0 | UInt8(bits[start + $1]) << UInt8($1) }
        }
    }

    private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + content
        return bigEndian(UInt32(content.count)) + body + bigEndian(crc32(body))
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }

    private static func littleEndian(_ value: UInt32) -> [UInt8] { bigEndian(value).reversed() }

    /// CRC-32 as in ISO 3309.
    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { value, byte in
            (0..<8).reduce(value ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
    }
}
