import CPoppler
import Documents
import Fingerprints
import Glibc

/// A PDF's text by Poppler, and pictures of its pages when it has none.
enum PDFText {
    static func document(from bytes: UnsafeRawBufferPointer) throws(DocumentError) -> Document {
        var state: Int32 = 0
        let pdf = cinnabar_pdf_open(bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, &state)
        guard let pdf else {
            switch UInt32(state) {
            case CINNABAR_PDF_ENCRYPTED.rawValue: throw DocumentError(.encrypted)
            case CINNABAR_PDF_NO_MEMORY.rawValue: throw DocumentError(.outOfMemory)
            default: throw DocumentError(.malformed)
            }
        }
        defer { cinnabar_pdf_close(pdf) }
        let pageCount = Int(cinnabar_pdf_page_count(pdf))
        guard pageCount > 0 else { throw DocumentError(.malformed) }
        var collector = TextCollector()
        for page in 0..<min(pageCount, DocumentLimits.pages) where !collector.isCut {
            var length = 0
            guard let text = cinnabar_pdf_page_text(pdf, Int32(page), &length) else { continue }
            // A page ends with a form feed.
            collector.append(UnsafeRawBufferPointer(start: text, count: length))
            collector.endLine()
            free(text)
        }
        if pageCount > DocumentLimits.pages { collector.cut() }
        let text = collector.text
        let isScanned =
            text.lazy.filter { !$0.isWhitespace }.prefix(DocumentLimits.leastCharacters).count
            < DocumentLimits.leastCharacters
        return Document(
            method: .pdf,
            text: isScanned ? "" : text,
            isCut: collector.isCut,
            pageCount: pageCount,
            pagePictures: isScanned ? pictures(of: pdf, pageCount) : []
        )
    }

    /// Of the first pages; one that cannot be drawn is left out.
    private static func pictures(of pdf: OpaquePointer, _ pageCount: Int) -> [LumaPlane] {
        (0..<min(pageCount, DocumentLimits.pagePictures)).compactMap { page in
            var width: Int32 = 0
            var height: Int32 = 0
            let pixels = cinnabar_pdf_page_luma(
                pdf,
                Int32(page),
                Int32(DocumentLimits.pageSide),
                DocumentLimits.pagePixels,
                &width,
                &height
            )
            guard let pixels else { return nil }
            defer { free(pixels) }
            let count = Int(width) * Int(height)
            let bytes = Array(UnsafeBufferPointer(start: pixels, count: count))
            return try? LumaPlane(width: Int(width), height: Int(height), pixels: bytes)
        }
    }
}
