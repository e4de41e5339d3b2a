import Bytes
import Dispatch
import Glibc
public import MediaDecoding
import Synchronization

/// Reads documents in decoder children, each in one of its own that ends with it.
///
/// A child has no descriptor but the document and the pipe of its answer, and the decoder's sandbox around it.
public final class DocumentReader: Sendable {
    public let limits: DocumentLimits
    private let executable: String
    private let waiting = Mutex(0)
    /// Blocking work, off the cooperative pool: one serial queue for each child.
    private let queues: [DispatchQueue]
    private let next = Atomic<Int>(0)

    /// - Parameter executable: The decoder program; `nil` means `cinnabar-decoder` beside the running program.
    /// - Throws: ``MediaError`` `.decoderUnavailable` when there is no such program.
    public init(executable: String? = nil, limits: DocumentLimits = DocumentLimits()) throws(MediaError) {
        self.executable = try decoderExecutable(executable)
        self.limits = limits
        queues = (0..<max(1, limits.children)).map { DispatchQueue(label: "cinnabar.documents.\($0)") }
    }

    /// UTF-8 is not decoded, and so is read here and not in a child.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - format: One that ``MediaFormat/isDocument``.
    ///   - charset: The encoding that came with plain text or HTML, if any: it is believed.
    /// - Throws: ``DocumentError``.
    public func document(
        from bytes: [UInt8],
        as format: MediaFormat,
        charset: Charset? = nil
    ) async throws(DocumentError) -> Document {
        guard bytes.count <= limits.inputBytes else { throw DocumentError(.tooManyBytes, limits) }
        // Nothing to decode: it is text already.
        if format == .text, charset ?? .utf8 == .utf8, let document = Document(utf8: bytes) { return document }
        let isAccepted = waiting.withLock { waiting in
            guard waiting < limits.waiting + queues.count else { return false }
            waiting += 1
            return true
        }
        guard isAccepted else { throw DocumentError(.busy, limits) }
        defer { waiting.withLock { $0 -= 1 } }
        let queue = queues[next.wrappingAdd(1, ordering: .relaxed).oldValue % queues.count]
        let (program, given) = (executable, limits)
        let result: Result<Document, DocumentError> = await withCheckedContinuation { continuation in
            queue.async {
                let result: Result<Document, DocumentError>
                do throws(DocumentError) {
                    let child = try DocumentChild(program, bytes, format, charset, given)
                    result = .success(try child.document())
                } catch {
                    result = .failure(error)
                }
                continuation.resume(returning: result)
            }
        }
        return try result.get()
    }
}
