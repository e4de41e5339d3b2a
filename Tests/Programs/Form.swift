import NIOCore

/// A form as browsers send it (RFC 7578).
public struct Form: Sendable {
    private static let boundary = "cinnabar-test-3f1d9a"
    static let mediaType = "multipart/form-data; boundary=\(boundary)"
    private static let end = Array("\r\n--\(boundary)--\r\n".utf8)

    private var content: [UInt8] = []

    public init() {}

    public init(file: [UInt8], mediaType: String? = nil) { add("file", file, mediaType: mediaType, fileName: "file") }

    public mutating func add(_ name: String, _ bytes: [UInt8], mediaType: String? = nil, fileName: String? = nil) {
        if !content.isEmpty { content += Array("\r\n".utf8) }
        content += Self.head(name, mediaType: mediaType, fileName: fileName) + bytes
    }

    var bytes: [UInt8] { content + Self.end }

    private static func head(_ name: String, mediaType: String?, fileName: String?) -> [UInt8] {
        let file = fileName.map { "; filename=\"\($0)\"" } ?? ""
        let type = mediaType.map { "Content-Type: \($0)\r\n" } ?? ""
        return Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\(file)\r\n\(type)\r\n".utf8)
    }

    /// A form whose file is `byteCount` zeros. All pieces are one buffer, so it takes no memory.
    static func zeros(byteCount: Int) -> AsyncStream<ByteBuffer> {
        let piece = ByteBuffer(repeating: 0, count: 1 << 16)
        return AsyncStream { stream in
            stream.yield(ByteBuffer(bytes: head("file", mediaType: nil, fileName: "file")))
            for _ in 0..<(byteCount / piece.readableBytes) { stream.yield(piece) }
            stream.yield(ByteBuffer(bytes: end))
            stream.finish()
        }
    }
}
