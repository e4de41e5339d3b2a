import Bytes
import NIOCore
import OpenSSL

/// A `multipart/form-data` body (RFC 7578) of small fields and one file, read from disk as it is sent.
struct MultipartBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    struct Field: Sendable {
        let name: String
        var mediaType = "application/json"
        let bytes: [UInt8]
    }

    let contentType: String
    let sizeBytes: Int64
    private let head: [UInt8]
    private let tail: [UInt8]
    private let file: any FileContent
    private let progress: ByteProgress

    /// The file's name stays home: the part carries a name that says nothing.
    init(fields: [Field], file: any FileContent, mediaType: String?, progress: @escaping ByteProgress) throws {
        // Random, so that no file can hold it on purpose.
        let boundary = "cinnabar-" + Hex.encode(try SecureRandom.bytes(16))
        contentType = "multipart/form-data; boundary=\(boundary)"
        var head: [UInt8] = []
        for field in fields {
            head += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field.name)\"\r\n".utf8
            head += "Content-Type: \(field.mediaType)\r\n\r\n".utf8
            head += field.bytes
            head += "\r\n".utf8
        }
        head += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n".utf8
        head += "Content-Type: \(mediaType ?? "application/octet-stream")\r\n\r\n".utf8
        self.head = head
        tail = Array("\r\n--\(boundary)--\r\n".utf8)
        sizeBytes = Int64(head.count) + Int64(file.sizeBytes) + Int64(tail.count)
        self.file = file
        self.progress = progress
    }

    func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    struct Iterator: AsyncIteratorProtocol {
        private enum Position { case head, file, end }

        private let body: MultipartBody
        private var position = Position.head
        private var sentBytes: UInt64 = 0

        fileprivate init(body: MultipartBody) { self.body = body }

        mutating func next() async throws -> ByteBuffer? {
            switch position {
            case .head:
                position = .file
                return ByteBuffer(bytes: body.head)
            case .file:
                let piece = try body.file.piece(at: sentBytes)
                if !piece.isEmpty {
                    sentBytes += UInt64(piece.count)
                    body.progress(sentBytes)
                    return ByteBuffer(bytes: piece)
                }
                position = .end
                return ByteBuffer(bytes: body.tail)
            case .end: return nil
            }
        }
    }
}
