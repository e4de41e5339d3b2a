public import Fingerprints

/// A document as comparing needs it: its text, and pictures of its pages when there is none.
public struct Document: Sendable, Equatable {
    /// How the text was made. A name's meaning never changes; another way of reading is another name.
    public enum Method: String, Sendable, CaseIterable {
        /// PDF by Poppler, page after page in reading order.
        case pdf = "text-1/pdf"
        /// OOXML: the paragraphs of word/document.xml, then footnotes and endnotes; deleted text is left out.
        case word = "text-1/docx"
        /// ODF: the paragraphs of content.xml; deleted text and comments are left out.
        case openDocument = "text-1/odt"
        /// HTML by libxml2, without scripts, styles and the head.
        case html = "text-1/html"
        /// Plain text in the encoding that it names or shows.
        case plain = "text-1/plain"
    }

    public let method: Method
    /// Lines end with a line feed. Not normalised in any other way.
    public let text: String
    /// Whether the document holds more text than ``DocumentLimits/textBytes``, or more pages than
    /// ``DocumentLimits/pages``: the rest was not read.
    public let isCut: Bool
    /// Of a PDF.
    public let pageCount: Int?
    /// Of plain text and HTML, as IANA names it.
    public let charset: String?
    /// The first pages of a PDF without text, drawn; empty for any other document.
    public let pagePictures: [LumaPlane]

    package init(
        method: Method,
        text: String,
        isCut: Bool,
        pageCount: Int? = nil,
        charset: String? = nil,
        pagePictures: [LumaPlane] = []
    ) {
        self.method = method
        self.text = text
        self.isCut = isCut
        self.pageCount = pageCount
        self.charset = charset
        self.pagePictures = pagePictures
    }

    /// Plain text in UTF-8 that is within the limit and has no control characters but tabs and ends of lines.
    ///
    /// - Returns: `nil` for anything else, with which the child deals.
    init?(utf8 bytes: [UInt8]) {
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard bytes.count <= DocumentLimits.textBytes,
            !bytes.contains(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A || $0 == 0x7F }),
            let text = String(validating: bytes, as: UTF8.self)
        else { return nil }
        self.init(method: .plain, text: text, isCut: false, charset: Charset.utf8.rawValue)
    }
}
