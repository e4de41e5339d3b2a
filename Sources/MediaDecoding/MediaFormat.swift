/// What a file is by its first bytes, never by its name.
public enum MediaFormat: UInt8, Sendable, CaseIterable {
    case jpeg = 1
    case png
    case webp
    case tiff
    case gif
    case heif
    case avif
    case pdf
    case docx
    case zip
    case text
    case other
    case odt
    case html

    /// Looks at the signature; for a ZIP also at its first members' names, and for text at every byte.
    public init(signatureOf bytes: [UInt8]) {
        self =
            Self.picture(signatureOf: bytes)
            ?? (bytes.starts(with: Array("%PDF-".utf8))
                ? .pdf
                : bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
                    ? Self.package(bytes)
                    : Self.isText(bytes) ? (Self.isHTML(bytes) ? .html : .text) : .other)
    }

    /// Whether ``DecoderPool`` decodes it.
    public var isPicture: Bool { rawValue <= Self.avif.rawValue }

    /// Whether text is read from it.
    public var isDocument: Bool {
        switch self {
        case .pdf, .docx, .odt, .html, .text: true
        default: false
        }
    }

    public var mediaType: String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .webp: "image/webp"
        case .tiff: "image/tiff"
        case .gif: "image/gif"
        case .heif: "image/heic"
        case .avif: "image/avif"
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .zip: "application/zip"
        case .html: "text/html"
        case .text: "text/plain"
        case .other: "application/octet-stream"
        }
    }

    /// The picture format, or `nil` for anything that is not decoded.
    package static func picture(signatureOf bytes: [UInt8]) -> MediaFormat? {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if bytes.starts(with: [0x49, 0x49, 0x2A, 0x00]) || bytes.starts(with: [0x4D, 0x4D, 0x00, 0x2A]) {
            return .tiff
        }
        if bytes.starts(with: Array("GIF87a".utf8)) || bytes.starts(with: Array("GIF89a".utf8)) { return .gif }
        if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) { return .webp }
        if bytes.dropFirst(4).starts(with: Array("ftyp".utf8)) { return heif(fileTypeBox: bytes) }
        return nil
    }

    /// ISO 23008-12 and the AV1 image format: the major brand decides; `mif1` and `msf1` say nothing about the codec,
    /// so then the compatible brands do.
    private static func heif(fileTypeBox bytes: [UInt8]) -> MediaFormat? {
        let length = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        // A box of this kind holds a few brands of four bytes; 256 bytes are sixty of them.
        guard (16...256).contains(length), length <= bytes.count, length.isMultiple(of: 4) else { return nil }
        let offsets = [8] + stride(from: 16, to: length, by: 4)
        for offset in offsets {
            switch String(decoding: bytes[offset..<offset + 4], as: UTF8.self) {
            case "avif", "avis": return .avif
            case "heic", "heix", "heim", "heis", "hevc", "hevx": return .heif
            default: continue
            }
        }
        return nil
    }
}
