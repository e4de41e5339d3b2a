import Hummingbird
import HummingbirdCore
public import Logging
public import Notary
public import ServiceLifecycle
import NIOCore

/// The server: the API with the verifying page, and the metrics on a port of their own.
///
/// Both are services that end gracefully: they stop taking connections, finish what is being answered, and return. In a
/// service group they stand after the notary, so that they end before it does.
///
/// ```swift
/// let services: [any Service] = [notary] + makeApplications(notary: notary, configuration: configuration, logger: logger)
/// try await ServiceGroup(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger).run()
/// ```
public func makeApplications(
    notary: Notary,
    configuration: ServerConfiguration,
    logger: Logger
) -> [any Service] {
    let applications = Applications(notary: notary, configuration: configuration, logger: logger)
    return [applications.main, applications.metrics]
}

/// The two applications, as tests drive them.
struct Applications {
    let main: Application<Dispatcher>
    let metrics: Application<Dispatcher>

    init(notary: Notary, configuration: ServerConfiguration, logger: Logger) {
        let counts = HTTPMetrics()
        let operation = OperationRoutes(notary: notary, metrics: counts)
        let uploads = Slots(configuration.uploadsInFlight)
        let routes: [Route] = [
            RegistrationRoutes(notary: notary, uploads: uploads).routes,
            SearchRoutes(notary: notary, uploads: uploads).routes,
            VerificationRoutes(
                notary: notary,
                checks: Slots(configuration.verificationsInFlight),
                evidenceLimitBytes: configuration.evidenceLimitBytes
            ).routes,
            LogRoutes(notary: notary).routes,
            TimestampRoutes(notary: notary).routes,
            [operation.health],
            PageRoutes().routes,
        ].flatMap(\.self)

        func application(_ routes: [Route], host: String, port: Int) -> Application<Dispatcher> {
            // Above every route's own limit: a file, an evidence file, and room for the fields between.
            let bodyLimitBytes = configuration.uploadLimitBytes + configuration.evidenceLimitBytes + 1 << 20
            let http = HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionHandler(bodyLimitBytes: bodyLimitBytes)],
                idleTimeout: .seconds(Int64(configuration.idleTimeoutSeconds)),
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
                    notary: notary,
                    configuration: configuration,
                    metrics: counts
                ),
                server: .http1(configuration: http),
                configuration: ApplicationConfiguration(
                    address: .hostname(host, port: port),
                    availableConnectionsDelegate: MaximumAvailableConnections(
                        configuration.connectionLimit,
                        logger: logger
                    )
                ),
                logger: logger
            )
        }
        main = application(routes, host: configuration.host, port: configuration.port)
        metrics = application(
            [operation.metricsPage, operation.health],
            host: configuration.metricsHost,
            port: configuration.metricsPort
        )
    }
}
