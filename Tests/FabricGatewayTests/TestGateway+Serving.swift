import OpenSSL
import Foundation
import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import NIOSSL

extension TestGateway {
    private typealias Stream = NIOAsyncChannel<HTTP2Frame.FramePayload, HTTP2Frame.FramePayload>
    private typealias Connections = NIOAsyncChannel<NIOHTTP2Handler.AsyncStreamMultiplexer<Stream>, Never>

    /// Serves on a free port of loopback as long as `body` runs.
    static func serve<Result: Sendable>(
        _ gateway: TestGateway,
        isSecured: Bool = false,
        _ body: (_ url: String) async throws -> Result
    ) async throws -> Result {
        let listener = try await gateway.listener(isSecured ? gateway.network.tls() : nil)
        let port = listener.channel.localAddress?.port ?? 0
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await withThrowingDiscardingTaskGroup { connections in
                    try await listener.executeThenClose { inbound in
                        for try await connection in inbound {
                            connections.addTask { await gateway.serve(connection) }
                        }
                    }
                }
            }
            defer { group.cancelAll() }
            return try await body("\(isSecured ? "https" : "http")://127.0.0.1:\(port)")
        }
    }

    private func listener(_ tls: NIOSSLContext?) async throws -> Connections {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    return try pipeline.configureAsyncHTTP2Pipeline(mode: .server) { stream in
                        stream.eventLoop.makeCompletedFuture { try Stream(wrappingChannelSynchronously: stream) }
                    }
                }
            }
    }

    /// A caller that gives up ends its connection, and nobody is told.
    private func serve(_ connection: NIOHTTP2Handler.AsyncStreamMultiplexer<Stream>) async {
        await withTaskGroup(of: Void.self) { streams in
            do {
                for try await stream in connection.inbound {
                    streams.addTask {
                        try? await stream.executeThenClose { try await self.serve($0, $1) }
                    }
                }
            } catch {}
            streams.cancelAll()
        }
    }

    private func serve(
        _ inbound: NIOAsyncChannelInboundStream<HTTP2Frame.FramePayload>,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTP2Frame.FramePayload>
    ) async throws {
        var (path, body, isWhole) = ("", [UInt8](), false)
        for try await payload in inbound {
            if case .headers(let frame) = payload { path = frame.headers.first(name: ":path") ?? "" }
            if case .data(let frame) = payload, case .byteBuffer(let buffer) = frame.data {
                body += buffer.readableBytesView
                isWhole = frame.endStream
            }
            if isWhole { break }
        }
        var trailers: HPACKHeaders = ["grpc-status": "0"]
        try await outbound.write(
            .headers(.init(headers: [":status": "200", "content-type": "application/grpc+proto"]))
        )
        do {
            let method = path.split(separator: "/").last.map(String.init) ?? ""
            let answer = try await answer(method, Array(body.dropFirst(5)))
            var buffer = ByteBuffer(bytes: [0])
            buffer.writeInteger(UInt32(answer.count))
            buffer.writeBytes(answer)
            try await outbound.write(.data(.init(data: .byteBuffer(buffer))))
        } catch let refusal as Refusal {
            trailers = ["grpc-status": "\(refusal.status)", "grpc-message": refusal.message]
            if !refusal.details.isEmpty {
                // Without padding, as gRPC's own libraries send it.
                let text = Data(refusal.details).base64EncodedString().replacing("=", with: "")
                trailers.add(name: "grpc-status-details-bin", value: text)
            }
        }
        try await outbound.write(.headers(.init(headers: trailers, endStream: true)))
    }
}

extension SmallNetwork {
    func tls() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(try NIOSSLCertificate(bytes: tlsCertificate.der, format: .der))],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(tlsKeyPEM.utf8), format: .pem))
        )
        configuration.applicationProtocols = ["h2"]
        return try NIOSSLContext(configuration: configuration)
    }
}
