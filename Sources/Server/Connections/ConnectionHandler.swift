import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Two things that the framework leaves to us on each connection: to ask for a body that its client holds back
/// (`Expect: 100-continue`), and to close after an answer that says so, without reading the rest of the body.
///
/// Closing with unread bytes would reset the connection, and the client might lose the answer. So the writing side is
/// closed first, and what still comes is thrown away for a while.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// How long a client has to read an answer that came before it was done sending.
    private static let lingering = TimeAmount.seconds(2)

    private let bodyLimitBytes: Int
    private var closesAfterAnswer = false
    private var isLingering = false

    /// - Parameter bodyLimitBytes: A body announced above this is refused by every route, and so is not asked for.
    init(bodyLimitBytes: Int) { self.bodyLimitBytes = bodyLimitBytes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isLingering else { return }
        if case .head(let head) = unwrapInboundIn(data), head.headerFields[.expect]?.lowercased() == "100-continue",
            head.headerFields[.contentLength].flatMap({ Int($0) }) ?? 0 <= bodyLimitBytes
        {
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        if isLingering { context.read() }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            closesAfterAnswer = head.headerFields[.connection]?.lowercased() == "close"
            context.write(data, promise: promise)
        case .end where closesAfterAnswer:
            context.writeAndFlush(data, promise: promise)
            linger(context)
        default:
            context.write(data, promise: promise)
        }
    }

    private func linger(_ context: ChannelHandlerContext) {
        isLingering = true
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Self.lingering) { channel.close(promise: nil) }
        context.read()
    }
}
