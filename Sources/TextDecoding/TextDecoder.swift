import ArchiveDecoding
import CPoppler
import CXML
public import Documents
public import MediaDecoding

/// Turns a document into its text. For the decoder program alone.
public enum TextDecoder {
    /// "Poppler 22.12.0, libxml2 2.9.14".
    public static var libraries: String {
        "Poppler \(String(cString: cinnabar_pdf_version())), libxml2 \(String(cString: cinnabar_markup_version()))"
    }

    /// Once, before any restriction: everything that would open a file later is opened or loaded now.
    ///
    /// - Returns: How many of Poppler's tables of CJK encodings there are. Without them (Debian's poppler-data), text in
    ///   Chinese, Japanese or Korean fonts that are not embedded in a PDF does not read.
    @discardableResult
    public static func start(for format: MediaFormat) -> Int {
        Converters.start()
        switch format {
        case .pdf: return cinnabar_pdf_start()
        case .docx, .odt: ArchiveReader.start()
        default: break
        }
        cinnabar_markup_start()
        return 0
    }

    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - charset: The declared encoding of plain text or HTML.
    public static func document(
        from bytes: UnsafeRawBufferPointer,
        as format: MediaFormat,
        charset: Charset?
    ) throws(DocumentError) -> Document {
        switch format {
        case .pdf: return try PDFText.document(from: bytes)
        case .docx: return try WordText.document(from: bytes)
        case .odt: return try OpenDocumentText.document(from: bytes)
        case .html: return try HTMLText.document(from: bytes, charset: charset)
        case .text: return try PlainText.document(from: bytes, charset: charset)
        default: throw DocumentError(.malformed, "no document")
        }
    }
}

extension DocumentError {
    /// In the child the code alone counts; the parent knows the sentence.
    init(_ code: Code) { self.init(code, code.rawValue) }
}
