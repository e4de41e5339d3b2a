import CXML
import Documents
import Glibc

/// What is told of markup while it is read. A class, since C holds it meanwhile.
class MarkupHandler {
    final var text = TextCollector()

    func start(_ name: String) {}
    func end(_ name: String) {}
    func characters(_ bytes: UnsafeRawBufferPointer) {}

    /// Has libxml2 read well-formed XML.
    final func readXML(_ bytes: UnsafeRawBufferPointer) throws(DocumentError) {
        try check(read(bytes, by: cinnabar_read_xml))
    }

    /// Has libxml2 read HTML in UTF-8.
    final func readHTML(_ bytes: UnsafeRawBufferPointer) throws(DocumentError) {
        try check(read(bytes, by: cinnabar_read_html))
    }

    private typealias Reader = (UnsafePointer<CChar>?, Int, UnsafePointer<cinnabar_markup_events>?) -> Int32

    private func read(_ bytes: UnsafeRawBufferPointer, by reader: Reader) -> Int32 {
        var events = cinnabar_markup_events(
            context: Unmanaged.passUnretained(self).toOpaque(),
            start: { context, name in MarkupHandler.of(context)?.start(MarkupHandler.string(name)) },
            end: { context, name in MarkupHandler.of(context)?.end(MarkupHandler.string(name)) },
            text: { context, bytes, length in
                MarkupHandler.of(context)?.characters(UnsafeRawBufferPointer(start: bytes, count: Int(length)))
            }
        )
        // This object lives at least as long as the call.
        return withExtendedLifetime(self) {
            reader(bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, &events)
        }
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> MarkupHandler? {
        context.map { Unmanaged<MarkupHandler>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func string(_ name: UnsafePointer<CChar>?) -> String { name.map { String(cString: $0) } ?? "" }

    private func check(_ state: Int32) throws(DocumentError) {
        switch UInt32(state) {
        case CINNABAR_MARKUP_READ.rawValue: return
        case CINNABAR_MARKUP_DOCTYPE.rawValue: throw DocumentError(.documentType)
        case CINNABAR_MARKUP_NO_MEMORY.rawValue: throw DocumentError(.outOfMemory)
        default: throw DocumentError(.malformed)
        }
    }
}
