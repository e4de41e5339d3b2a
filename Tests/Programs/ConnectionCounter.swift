import NIOCore
import NIOPosix
import Synchronization

/// A port of this machine that should never be called. It notices when it is.
public final class ConnectionCounter: Sendable {
    private final class Count: Sendable { let value = Atomic<Int>(0) }

    private let count = Count()
    private let channel: any Channel

    public init() async throws {
        let count = count
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                count.value.add(1, ordering: .relaxed)
                return channel.close()
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    deinit { channel.close(promise: nil) }

    public var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }
    public var connections: Int { count.value.load(ordering: .relaxed) }
}
