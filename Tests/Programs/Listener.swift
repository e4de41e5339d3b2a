import NIOCore
import NIOPosix
import Synchronization

/// A port of this machine that answers whatever comes with 204 and keeps the bytes.
public final class Listener: Sendable {
    /// Shared with the connections, which outlive no test.
    private final class Received: Sendable {
        let bytes = Mutex<[UInt8]>([])
    }

    private final class Answerer: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        private static let answer = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"

        private let received: Received

        init(_ received: Received) { self.received = received }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received.bytes.withLock { $0 += unwrapInboundIn(data).readableBytesView }
            context.writeAndFlush(NIOAny(ByteBuffer(string: Self.answer)), promise: nil)
        }
    }

    private let received = Received()
    private let channel: any Channel

    public var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }
    /// All that came so far, heads and bodies.
    public var text: String { String(decoding: received.bytes.withLock { $0 }, as: UTF8.self) }

    public init() async throws {
        let answerer = Answerer(received)
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { $0.pipeline.addHandler(answerer) }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    deinit { channel.close(promise: nil) }
}
