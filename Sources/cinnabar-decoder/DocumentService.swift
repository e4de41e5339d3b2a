import Documents
import Fingerprints
import Glibc
import MediaDecoding
import TextDecoding

/// Reads the document on descriptor 0 and writes its text to descriptor 1, once.
struct DocumentService {
    let memoryBytes: Int
    let format: MediaFormat
    let charset: Charset?

    /// - Parameter mode: `text:` with the format's number, and after another colon the declared encoding, if any.
    init?(mode: String, memoryBytes: Int) {
        let parts = mode.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts[0] == "text",
            let format = UInt8(parts[1]).flatMap({ MediaFormat(rawValue: $0) }), format.isDocument
        else { return nil }
        self.memoryBytes = memoryBytes
        self.format = format
        charset = parts.count == 3 ? Charset(rawValue: String(parts[2])) : nil
    }

    func run() {
        do {
            try Sandbox.endWithParent()
            TextDecoder.start(for: format)
            let file = try MappedFile(descriptor: 0, isShared: false)
            let isFiltered = try Sandbox.enter(memoryBytes: memoryBytes, descriptors: 3)
            PipeWriter.write(DocumentMessage.hello(isFiltered: isFiltered).bytes)
            answer(UnsafeRawBufferPointer(file.bytes))
        } catch {
            complain("\(error)")
            exit(1)
        }
    }

    private func answer(_ bytes: UnsafeRawBufferPointer) {
        do throws(DocumentError) {
            let document = try TextDecoder.document(from: bytes, as: format, charset: charset)
            let text = Array(document.text.utf8)
            let head = DocumentMessage.Head(
                method: document.method,
                isCut: document.isCut,
                textBytes: text.count,
                pageCount: document.pageCount,
                charset: document.charset.flatMap { Charset(rawValue: $0) },
                pictureCount: document.pagePictures.count
            )
            PipeWriter.write(DocumentMessage.document(head).bytes)
            PipeWriter.write(text)
            for picture in document.pagePictures {
                PipeWriter.write(DocumentMessage.pictureHead(width: picture.width, height: picture.height))
                PipeWriter.write(picture.pixels)
            }
        } catch {
            PipeWriter.write(DocumentMessage.failure(error.code).bytes)
        }
    }
}
