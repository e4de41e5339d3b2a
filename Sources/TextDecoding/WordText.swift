import Documents

/// The text of OOXML (ECMA-376 part 1): runs' `w:t` in paragraphs `w:p`.
///
/// Deleted text has an element of its own (`w:delText`) and is left out. Numbers that the word processor makes for
/// paragraphs are not in the file.
final class WordText: MarkupHandler {
    static func document(from bytes: UnsafeRawBufferPointer) throws(DocumentError) -> Document {
        let names = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"]
        let parts = try ZipParts.read(Set(names), of: bytes)
        guard parts[names[0]] != nil else { throw DocumentError(.malformed) }
        let handler = WordText()
        for part in names.compactMap({ parts[$0] }) {
            handler.skipping = 0
            handler.textDepth = 0
            let read: Result<Void, DocumentError> = part.withUnsafeBytes { bytes in
                do throws(DocumentError) { return .success(try handler.readXML(bytes)) } catch {
                    return .failure(error)
                }
            }
            try read.get()
        }
        return Document(method: .word, text: handler.text.text, isCut: handler.text.isCut)
    }

    /// Elements that are open whose content is no text of the document: fields' codes and settings, and what stands
    /// there a second time for older readers.
    private var skipping = 0
    private var textDepth = 0

    private static let skipped: Set = ["Fallback", "pPr", "rPr", "sectPr", "tblPr", "instrText", "delText"]

    override func start(_ name: String) {
        if Self.skipped.contains(name) { skipping += 1 }
        guard skipping == 0 else { return }
        switch name {
        case "t": textDepth += 1
        case "tab", "ptab": text.append("\t")
        case "br", "cr": text.endLine()
        case "noBreakHyphen": text.append("-")
        default: break
        }
    }

    override func end(_ name: String) {
        if Self.skipped.contains(name) {
            skipping -= 1
            return
        }
        guard skipping == 0 else { return }
        switch name {
        case "t": textDepth -= 1
        case "p": text.endLine()
        case "tc": text.space()
        default: break
        }
    }

    override func characters(_ bytes: UnsafeRawBufferPointer) {
        if skipping == 0, textDepth > 0 { text.append(bytes) }
    }
}
