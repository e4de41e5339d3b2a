import Anchoring
import Bytes
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import OpenSSL
import Synchronization

/// A timestamp authority in the test's process, on a port of this machine, that counts what it was asked: it outlives
/// every kill, as an outsider does.
///
/// Whoever sends the same bytes again changes nothing here; other bytes for the same checkpoint are a second effect.
final class CountingAuthority: Sendable {
    /// Shared with the connections, which outlive no test.
    fileprivate final class Desk: Sendable {
        let authority: SelfOperatedAuthority
        /// By imprint, the different requests that came.
        let requests = Mutex<[[UInt8]: Set<[UInt8]>]>([:])
        let arrivals = Mutex(0)

        init(_ authority: SelfOperatedAuthority) { self.authority = authority }

        func answer(to der: [UInt8]) -> [UInt8] {
            if let imprint = try? TimestampRequest(der: der).imprint.digest {
                _ = requests.withLock { $0[imprint, default: []].insert(der) }
            }
            arrivals.withLock { $0 += 1 }
            return authority.response(to: der)
        }
    }

    private let desk: Desk
    private let channel: any Channel
    let rootPEM: String

    var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/" }
    /// Different requests by checkpoint.
    var effects: [Int] { desk.requests.withLock { $0.values.map(\.count) } }
    /// Requests that came, repeated ones too.
    var arrivals: Int { desk.arrivals.withLock { $0 } }

    init() async throws {
        let now = Int64(Date().timeIntervalSince1970)
        let credentials = try SelfOperatedAuthority.generate(origin: "counting.example.org", nowSeconds: now)
        rootPEM = credentials.rootCertificatePEM
        let desk = Desk(
            try SelfOperatedAuthority(credentials: credentials) { Int64(Date().timeIntervalSince1970) }
        )
        self.desk = desk
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMap {
                    channel.pipeline.addHandler(RequestHandler(desk))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    deinit { channel.close(promise: nil) }
}

/// One connection.
private final class RequestHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// What takes effect is answered late, so that many kills come between the two.
    private static let delayMilliseconds: ClosedRange<Int64> = 0...1500

    private let desk: CountingAuthority.Desk
    private let body = Mutex<[UInt8]>([])

    init(_ desk: CountingAuthority.Desk) { self.desk = desk }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: body.withLock { $0 = [] }
        case .body(let bytes): body.withLock { $0 += bytes.readableBytesView }
        case .end:
            let answer = desk.answer(to: body.withLock { $0 })
            let headers: HTTPHeaders = [
                "content-type": "application/timestamp-reply", "content-length": "\(answer.count)",
            ]
            let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)
            let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
            let delay = TimeAmount.milliseconds(.random(in: Self.delayMilliseconds))
            context.eventLoop.scheduleTask(in: delay) {
                let (handler, context) = bound.value
                context.write(handler.wrapOutboundOut(.head(head)), promise: nil)
                context.write(handler.wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer)))), promise: nil)
                context.writeAndFlush(handler.wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
