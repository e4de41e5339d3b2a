import NIOCore
import NIOPosix

/// A connection that sends bytes as they are, for requests that no honest client makes.
struct RawConnection {
    /// Sends `pieces` one after the other and reads until the server closes, or until `isEnough` says so.
    static func exchange(
        port: Int,
        _ pieces: [[UInt8]],
        until isEnough: @escaping @Sendable (String) -> Bool = { _ in false }
    ) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    // The server may close while we still write; what it answered counts.
                    for piece in pieces { try? await outbound.write(ByteBuffer(bytes: piece)) }
                }
                var answer = ""
                do {
                    for try await buffer in inbound {
                        answer += String(decoding: buffer.readableBytesView, as: UTF8.self)
                        if isEnough(answer) { break }
                    }
                } catch is IOError {
                    // A reset after the answer; the test judges what came before it.
                }
                group.cancelAll()
                return answer
            }
        }
    }
}
