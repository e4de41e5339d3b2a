import Documents
import Glibc

/// The C library's converters of encodings, opened before the restrictions: later it could load none.
enum Converters {
    /// Opened once, on one thread, before any text; used on that thread alone.
    nonisolated(unsafe) private static var opened: [Charset: iconv_t] = [:]

    private static let names: [(Charset, String)] = [
        (.gb18030, "GB18030"), (.eucKR, "UHC"), (.big5, "BIG5-HKSCS"), (.shiftJIS, "CP932"), (.windows1252, "CP1252"),
    ]
    /// Bytes that are made at a time.
    private static let blockBytes = 64 << 10

    static func start() {
        for (charset, name) in names {
            let converter = iconv_open("UTF-8", name)
            guard let converter, converter != iconv_t(bitPattern: -1) else { continue }
            opened[charset] = converter
        }
    }

    /// - Returns: `nil` when a byte does not belong to the encoding, or this machine's C library does not know it.
    static func utf8(_ bytes: UnsafeRawBufferPointer, _ charset: Charset) -> [UInt8]? {
        guard let converter = opened[charset] else { return nil }
        iconv(converter, nil, nil, nil, nil)
        var input = UnsafeMutableRawPointer(mutating: bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
        var remaining = bytes.count
        var text: [UInt8] = []
        var block = [CChar](repeating: 0, count: blockBytes)
        while remaining > 0 {
            var room = block.count
            let result = block.withUnsafeMutableBufferPointer { buffer in
                var output = buffer.baseAddress
                return iconv(converter, &input, &remaining, &output, &room)
            }
            text += block.prefix(block.count - room).map { UInt8(bitPattern: $0) }
            if result == -1, errno != E2BIG { return nil }
        }
        return text
    }
}
