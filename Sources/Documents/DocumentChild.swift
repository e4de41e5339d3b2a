import Bytes
import CProcess
import Fingerprints
import Glibc
import MediaDecoding

/// One decoder process with one document.
final class DocumentChild {
    private let limits: DocumentLimits
    private let process: ChildProcess
    private let pipe: Int32
    private let deadline: ContinuousClock.Instant

    /// Starts the child, which holds the document as its only input.
    init(
        _ executable: String,
        _ bytes: [UInt8],
        _ format: MediaFormat,
        _ charset: Charset?,
        _ limits: DocumentLimits
    ) throws(DocumentError) {
        self.limits = limits
        deadline = .now + .seconds(limits.seconds)
        var readEnd: Int32 = -1
        var writeEnd: Int32 = -1
        // Both results live as long as the call.
        guard unsafe cinnabar_pipe(&readEnd, &writeEnd) == 0 else { throw DocumentError(.decoderUnavailable, limits) }
        defer { close(writeEnd) }
        pipe = readEnd
        do throws(MediaError) {
            let memory = try SharedMemory(byteCount: bytes.count)
            guard memory.write(bytes) else { throw MediaError(.decoderUnavailable, "No memory.") }
            process = try ChildProcess(
                executable,
                mode: Self.mode(format, charset),
                limitBytes: limits.memoryBytes,
                input: memory.descriptor,
                output: writeEnd,
                shared: nil
            )
        } catch {
            close(readEnd)
            throw DocumentError(.decoderUnavailable, error.message)
        }
    }

    deinit { close(pipe) }

    /// What ``DocumentService`` in the child reads back.
    private static func mode(_ format: MediaFormat, _ charset: Charset?) -> String {
        "text:\(format.rawValue)" + (charset.map { ":\($0.rawValue)" } ?? "")
    }

    func document() throws(DocumentError) -> Document {
        guard case .hello? = DocumentMessage(try read(DocumentMessage.byteCount)) else { throw death }
        switch DocumentMessage(try read(DocumentMessage.byteCount)) {
        case .document(let head)?:
            guard let text = String(validating: try read(head.textBytes), as: UTF8.self) else { throw death }
            var pictures: [LumaPlane] = []
            for _ in 0..<head.pictureCount { pictures.append(try picture()) }
            return Document(
                method: head.method,
                text: text,
                isCut: head.isCut,
                pageCount: head.pageCount,
                charset: head.charset?.rawValue,
                pagePictures: pictures
            )
        case .failure(let code)?: throw DocumentError(code, limits)
        default: throw death
        }
    }

    private func picture() throws(DocumentError) -> LumaPlane {
        var sides = ByteReader(try read(8))
        guard let width = sides.read(bigEndian: UInt32.self).map({ Int($0) }),
            let height = sides.read(bigEndian: UInt32.self).map({ Int($0) }),
            (1...DocumentLimits.pagePixels).contains(width), (1...DocumentLimits.pagePixels).contains(height),
            width * height <= DocumentLimits.pagePixels,
            let plane = try? LumaPlane(width: width, height: height, pixels: try read(width * height))
        else { throw death }
        return plane
    }

    private func read(_ count: Int) throws(DocumentError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            try wait()
            // The slice is as long as the count says, and lives as long as the call.
            let read = unsafe bytes.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
                return unsafe Glibc.read(pipe, rest.baseAddress, rest.count)
            }
            if read < 0, errno == EINTR { continue }
            guard read > 0 else { throw death }
            done += read
        }
        return bytes
    }

    private func wait() throws(DocumentError) {
        while true {
            let remaining = deadline - .now
            guard remaining > .zero else { throw DocumentError(.timedOut, limits) }
            let (seconds, attoseconds) = remaining.components
            // Rounded up, so that a rest under a millisecond does not spin.
            let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1
            var state = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
            // One structure, alive as long as the call.
            let ready = unsafe poll(&state, 1, Int32(clamping: milliseconds))
            if ready > 0 { return }
            guard ready == 0 || errno == EINTR else { throw death }
        }
    }

    private var death: DocumentError { DocumentError(.decoderDied, limits) }
}
