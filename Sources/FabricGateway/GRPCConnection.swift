import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import NIOSSL

/// Unary calls of gRPC over HTTP/2, one connection each: a root goes out once per interval, so nothing is gained by
/// keeping one open. Messages go as bytes.
///
/// Written on the HTTP/2 that the program has anyhow: what it leaves out (streams, retries, balancing, compression)
/// is most of a gRPC library, and nothing that these calls need.
///
/// Source: gRPC's "PROTOCOL-HTTP2".
struct GRPCConnection: Sendable {
    private typealias Multiplexer = NIOHTTP2Handler.AsyncStreamMultiplexer<Void>
    private typealias Stream = NIOAsyncChannel<HTTP2Frame.FramePayload, HTTP2Frame.FramePayload>

    let endpoint: GatewayEndpoint
    /// Of one call, connecting included. A call past it is given up; the peer may still carry it out.
    let timeoutSeconds: Int

    /// - Parameter path: `/gateway.Gateway/Endorse`.
    /// - Throws: ``GRPCStatus``, also for a connection that fails or a call past its time.
    func answer(to message: [UInt8], at path: String) async throws -> [UInt8] {
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask { try await called(path, message) }
            group.addTask {
                try await Task.sleep(for: .seconds(timeoutSeconds))
                throw GRPCStatus(GRPCStatus.Code.deadlineExceeded, "no answer within \(timeoutSeconds) seconds")
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw CancellationError() }
            return answer
        }
    }

    private func called(_ path: String, _ message: [UInt8]) async throws -> [UInt8] {
        do {
            let (channel, multiplexer) = try await connected()
            defer { channel.close(promise: nil) }
            let stream = try await multiplexer.openStream { channel in
                channel.eventLoop.makeCompletedFuture { try Stream(wrappingChannelSynchronously: channel) }
            }
            return try await stream.executeThenClose { inbound, outbound in
                try await outbound.write(.headers(.init(headers: headers(path))))
                try await outbound.write(
                    .data(.init(data: .byteBuffer(GRPCAnswer.framed(message)), endStream: true))
                )
                var answer = GRPCAnswer()
                for try await payload in inbound { try answer.add(payload) }
                return try answer.message()
            }
        } catch let status as GRPCStatus {
            throw status
        } catch {
            throw GRPCStatus(GRPCStatus.Code.unavailable, "the connection failed: \(error)")
        }
    }

    private func connected() async throws -> (any Channel, Multiplexer) {
        let tls = try endpoint.tls()
        return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(Int64(timeoutSeconds)))
            .connect(host: endpoint.host, port: endpoint.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: endpoint.verifiedName)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    let multiplexer = try channel.pipeline.syncOperations.configureAsyncHTTP2Pipeline(mode: .client) {
                        $0.eventLoop.makeSucceededVoidFuture()
                    }
                    return (channel, multiplexer)
                }
            }
    }

    private func headers(_ path: String) -> HPACKHeaders {
        [
            ":method": "POST", ":scheme": endpoint.rootsPEM == nil ? "http" : "https", ":path": path,
            ":authority": endpoint.authority, "te": "trailers", "content-type": "application/grpc",
            "grpc-timeout": "\(timeoutSeconds)S", "user-agent": "cinnabar",
        ]
    }
}
