import Documents

/// What a browser would show of HTML as text, without layout.
final class HTMLText: MarkupHandler {
    static func document(from bytes: UnsafeRawBufferPointer, charset: Charset?) throws(DocumentError) -> Document {
        let named = charset ?? declared(in: bytes)
        let (text, charset) = try PlainText.decoded(bytes, charset: named)
        let handler = HTMLText()
        let read: Result<Void, DocumentError> = text.withUnsafeBytes { bytes in
            do throws(DocumentError) { return .success(try handler.readHTML(bytes)) } catch { return .failure(error) }
        }
        try read.get()
        return Document(
            method: .html,
            text: handler.text.text,
            isCut: handler.text.isCut,
            charset: charset.rawValue
        )
    }

    /// The encoding that a `meta` element names, which stands in the first 1,024 bytes (HTML, 4.2.5.4).
    private static func declared(in bytes: UnsafeRawBufferPointer) -> Charset? {
        let head = String(decoding: bytes.prefix(1024), as: UTF8.self).lowercased()
        guard let match = head.firstMatch(of: /<meta[^>]*charset\s*=\s*["']?([a-z0-9_-]+)/) else { return nil }
        return Charset(label: String(match.1))
    }

    private var skipping = 0

    private static let skipped: Set = ["script", "style", "head", "template", "noscript", "svg", "math"]
    private static let blocks: Set = [
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "section",
        "article", "header", "footer", "main", "aside", "nav", "blockquote", "pre", "hr", "br", "form", "fieldset",
        "address", "figure", "figcaption", "caption", "body",
    ]

    override func start(_ name: String) {
        if Self.skipped.contains(name) { skipping += 1 }
        guard skipping == 0 else { return }
        if Self.blocks.contains(name) { breakLine() }
    }

    override func end(_ name: String) {
        if Self.skipped.contains(name) {
            skipping = max(0, skipping - 1)
            return
        }
        guard skipping == 0 else { return }
        if Self.blocks.contains(name) { breakLine() } else if name == "td" || name == "th" { text.space() }
    }

    /// A block begins on a line of its own; blocks in blocks make no empty lines.
    private func breakLine() {
        if let last = text.bytes.last, last != 0x0A { text.endLine() }
    }

    override func characters(_ bytes: UnsafeRawBufferPointer) {
        if skipping == 0 { text.appendCollapsed(bytes) }
    }
}
