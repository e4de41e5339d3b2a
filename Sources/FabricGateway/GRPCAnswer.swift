import NIOCore
import NIOHPACK
import NIOHTTP2

/// The answer to one unary call, gathered frame by frame, within a limit.
struct GRPCAnswer {
    /// Endorsed transactions are tens of kilobytes; answers past this are refused unread.
    static let byteLimit = 1 << 20
    /// A byte that says whether it is compressed, and four of length.
    private static let prefixByteCount = 5

    private var hasBegun = false
    private var body: [UInt8] = []
    private var status: GRPCStatus?

    /// - Throws: ``GRPCStatus`` for what is no answer of a gRPC service.
    mutating func add(_ payload: HTTP2Frame.FramePayload) throws {
        switch payload {
        case .headers(let frame):
            if !hasBegun { try begin(frame.headers) }
            if frame.endStream { status = GRPCStatus(trailers: frame.headers) }
        case .data(let frame):
            guard case .byteBuffer(let buffer) = frame.data else { return }
            body += buffer.readableBytesView
            guard body.count <= Self.byteLimit + Self.prefixByteCount else {
                throw GRPCStatus(GRPCStatus.Code.internal, "the answer is longer than \(Self.byteLimit) bytes")
            }
        default: break
        }
    }

    /// The one message, once all is there.
    func message() throws -> [UInt8] {
        guard let status else { throw GRPCStatus(GRPCStatus.Code.unavailable, "the answer broke off") }
        guard status.code == 0 else { throw status }
        let length = body.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard body.count == Self.prefixByteCount + length, body.first == 0 else {
            throw GRPCStatus(GRPCStatus.Code.internal, "the answer is not one plain message")
        }
        return Array(body.dropFirst(Self.prefixByteCount))
    }

    /// A message as it goes over the wire.
    static func framed(_ message: [UInt8]) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeInteger(UInt8(0))
        buffer.writeInteger(UInt32(message.count))
        buffer.writeBytes(message)
        return buffer
    }

    private mutating func begin(_ headers: HPACKHeaders) throws {
        hasBegun = true
        let (http, type) = (headers.first(name: ":status") ?? "none", headers.first(name: "content-type") ?? "")
        guard http == "200", type.hasPrefix("application/grpc") else {
            throw GRPCStatus(GRPCStatus.Code.unavailable, "an HTTP status of \(http) from what is no gRPC service")
        }
    }
}
