public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix

/// Serves a witness over HTTP. A service that ends gracefully: it stops taking connections and finishes its answers.
///
/// - Parameters:
///   - port: 0 takes a free one.
///   - onListening: Called with the URL once it takes connections.
public func makeWitnessApplication(
    _ witness: Witness,
    host: String,
    port: Int,
    logger: Logger,
    onListening: @escaping @Sendable (_ url: String) async -> Void = { _ in }
) -> some ApplicationProtocol {
    let routes = WitnessRoutes(witness: witness, threads: .singleton)
    // Requests are small and answers quick: a connection that says nothing for this long is left over.
    let http = HTTP1Channel.Configuration(idleTimeout: .seconds(60))
    return Application(
        responder: routes.router.buildResponder(),
        server: .http1(configuration: http),
        configuration: ApplicationConfiguration(
            address: .hostname(host, port: port),
            // Each log keeps one; a flood of others waits.
            availableConnectionsDelegate: MaximumAvailableConnections(1024, logger: logger)
        ),
        onServerRunning: { channel in
            let bound = channel.localAddress?.port ?? port
            await onListening("http://\(host.contains(":") ? "[\(host)]" : host):\(bound)")
        },
        logger: logger
    )
}
