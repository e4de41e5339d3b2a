import Documents

/// The text of ODF (ISO/IEC 26300): paragraphs `text:p` and headings `text:h` in `office:body`.
final class OpenDocumentText: MarkupHandler {
    static func document(from bytes: UnsafeRawBufferPointer) throws(DocumentError) -> Document {
        let name = "content.xml"
        guard let part = try ZipParts.read([name], of: bytes)[name] else { throw DocumentError(.malformed) }
        let handler = OpenDocumentText()
        let read: Result<Void, DocumentError> = part.withUnsafeBytes { bytes in
            do throws(DocumentError) { return .success(try handler.readXML(bytes)) } catch { return .failure(error) }
        }
        try read.get()
        return Document(method: .openDocument, text: handler.text.text, isCut: handler.text.isCut)
    }

    private var skipping = 0
    private var paragraphs = 0

    /// Deleted text, comments, and what is drawn.
    private static let skipped: Set = [
        "tracked-changes", "annotation", "sequence-decls", "scripts", "automatic-styles",
    ]

    override func start(_ name: String) {
        if Self.skipped.contains(name) { skipping += 1 }
        guard skipping == 0 else { return }
        switch name {
        case "p", "h": paragraphs += 1
        case "s": text.append(" ")
        case "tab": text.append("\t")
        case "line-break": text.endLine()
        default: break
        }
    }

    override func end(_ name: String) {
        if Self.skipped.contains(name) {
            skipping -= 1
            return
        }
        if skipping == 0, name == "p" || name == "h" {
            paragraphs -= 1
            text.endLine()
        }
    }

    /// Line breaks and runs of spaces in the XML are one space to the document.
    override func characters(_ bytes: UnsafeRawBufferPointer) {
        if skipping == 0, paragraphs > 0 { text.appendCollapsed(bytes) }
    }
}
