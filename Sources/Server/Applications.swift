import Hummingbird
import HummingbirdCore
public import Logging
public import Notary
public import ServiceLifecycle
import NIOCore

/// The server: the API with the verifying page, the metrics on a port of their own, and the control socket.
///
/// All are services that end gracefully: they stop taking connections, finish what is being answered, and return. In a
/// service group they stand after the notary, so that they end before it does.
///
/// ```swift
/// let applications = makeApplications(notary: notary, configuration: configuration, logger: logger)
/// let services: [any Service] = [notary] + applications
/// try await ServiceGroup(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger).run()
/// ```
///
/// - Parameter onListening: Called for each listener once it takes connections: what is served there, and its URL, or
///   the path of the control socket.
public func makeApplications(
    notary: Notary,
    configuration: ServerConfiguration,
    logger: Logger,
    onListening: @escaping @Sendable (Listener, _ url: String) async -> Void = { _, _ in }
) -> [any Service] {
    let applications = Applications(
        notary: notary,
        configuration: configuration,
        logger: logger,
        onListening: onListening
    )
    let control = configuration.controlSocket.map { ControlService(socket: $0, application: applications.control) }
    return [applications.main, applications.metrics] + (control.map { [$0] } ?? [])
}

/// What is served on a port or socket.
public enum Listener: Sendable { case api, metrics, control }

/// The applications, as tests drive them.
struct Applications {
    let main: Application<Dispatcher>
    let metrics: Application<Dispatcher>
    /// Everything that ``main`` does, for any account without a token, and administration.
    let control: Application<Dispatcher>

    init(
        notary: Notary,
        configuration: ServerConfiguration,
        logger: Logger,
        onListening: @escaping @Sendable (Listener, _ url: String) async -> Void = { _, _ in }
    ) {
        let counts = HTTPMetrics()
        let operation = OperationRoutes(notary: notary, metrics: counts)
        let uploads = Slots(configuration.uploadsInFlight)
        let routes: [Route] = [
            RegistrationRoutes(notary: notary, uploads: uploads).routes,
            [BatchRoutes(notary: notary, batches: Slots(configuration.batchesInFlight)).route],
            SearchRoutes(notary: notary, uploads: uploads, drawings: Slots(configuration.drawingsInFlight)).routes,
            WatchRoutes(notary: notary, uploads: uploads).routes,
            VerificationRoutes(
                notary: notary,
                receptions: Slots(4 * configuration.verificationsInFlight),
                checks: Slots(configuration.verificationsInFlight),
                evidenceLimitBytes: configuration.evidenceLimitBytes
            ).routes,
            LogRoutes(notary: notary).routes,
            TimestampRoutes(notary: notary).routes,
            CalendarRoutes(notary: notary).routes,
            [operation.health],
            PageRoutes().routes,
        ].flatMap(\.self)

        func application(
            _ routes: [Route],
            callers: Dispatcher.Callers = .tokens,
            idleTimeoutSeconds: Int,
            at address: BindAddress,
            onServerRunning: @escaping @Sendable (any Channel) async -> Void
        ) -> Application<Dispatcher> {
            // Above every route's own limit: a file, an evidence file, and room for the fields between.
            let bodyLimitBytes = configuration.uploadLimitBytes + configuration.evidenceLimitBytes + 1 << 20
            let http = HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionHandler(bodyLimitBytes: bodyLimitBytes)],
                idleTimeout: .seconds(Int64(idleTimeoutSeconds)),
                // A token, an idempotency key and what browsers send fit many times over.
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 8 << 10,
                    maxHeaderListSize: 32 << 10,
                    maxHeaderFieldCount: 100
                )
            )
            return Application(
                responder: Dispatcher(
                    table: RouteTable(routes: routes),
                    callers: callers,
                    notary: notary,
                    configuration: configuration,
                    metrics: counts,
                    logger: logger
                ),
                server: .http1(configuration: http),
                configuration: ApplicationConfiguration(
                    address: address,
                    availableConnectionsDelegate: MaximumAvailableConnections(
                        configuration.connectionLimit,
                        logger: logger
                    )
                ),
                onServerRunning: onServerRunning,
                logger: logger
            )
        }

        func onPort(_ listener: Listener, _ routes: [Route], host: String, port: Int) -> Application<Dispatcher> {
            application(
                routes,
                idleTimeoutSeconds: configuration.idleTimeoutSeconds,
                at: .hostname(host, port: port)
            ) { channel in
                let bound = channel.localAddress?.port ?? port
                await onListening(listener, "http://\(host.contains(":") ? "[\(host)]" : host):\(bound)")
            }
        }

        main = onPort(.api, routes, host: configuration.host, port: configuration.port)
        metrics = onPort(
            .metrics,
            [operation.metricsPage, operation.health],
            host: configuration.metricsHost,
            port: configuration.metricsPort
        )
        let socket = configuration.controlSocket
        control = application(
            routes + ControlRoutes(notary: notary).routes,
            callers: .accounts,
            idleTimeoutSeconds: Self.controlIdleTimeoutSeconds,
            at: .unixDomainSocket(path: socket?.path ?? "")
        ) { _ in
            socket?.restrict()
            await onListening(.control, socket?.path ?? "")
        }
    }

    /// An audit of a large log says nothing for a while; the operator's own commands are no attackers.
    private static let controlIdleTimeoutSeconds = 3600
}
