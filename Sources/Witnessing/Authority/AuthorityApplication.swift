import Anchoring
import HTTPTypes
public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import OpenSSL

/// Serves a timestamp authority over HTTP (RFC 3161, 3.4): `POST /tsa`, and its root at `/root.pem`. A service that ends
/// gracefully.
///
/// - Parameters:
///   - port: 0 takes a free one.
///   - onListening: Called with the URL once it takes connections.
public func makeAuthorityApplication(
    _ authority: LocalAuthority,
    host: String,
    port: Int,
    logger: Logger,
    onListening: @escaping @Sendable (_ url: String) async -> Void = { _ in }
) -> some ApplicationProtocol {
    // Requests are small and answers quick: a connection that says nothing for this long is left over.
    let http = HTTP1Channel.Configuration(idleTimeout: .seconds(60))
    return Application(
        responder: AuthorityRoutes(authority: authority).router.buildResponder(),
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

/// What an authority answers over HTTP.
struct AuthorityRoutes: Sendable {
    let authority: LocalAuthority

    private static let queryType = "application/timestamp-query"
    private static let replyType = "application/timestamp-reply"

    var router: Router<BasicRequestContext> {
        let router = Router()
        router.post("/tsa") { request, _ in
            let type = request.headers[.contentType]?.prefix { $0 != ";" && $0 != " " }.lowercased()
            guard type == Self.queryType else {
                return Self.response(.unsupportedMediaType, "text/plain", Array("Send \(Self.queryType).\n".utf8))
            }
            // Larger ones end here, with status 413.
            let body = try await request.body.collect(upTo: TimestampRequest.byteLimit)
            return Self.response(.ok, Self.replyType, authority.response(to: Array(body.readableBytesView)))
        }
        router.get("/root.pem") { _, _ in
            Self.response(.ok, "application/x-pem-file", Array(authority.root.pem.utf8))
        }
        router.get("/healthz") { _, _ in
            Self.response(.ok, "application/json", Array("{\"status\":\"ok\"}\n".utf8))
        }
        router.get("/metrics") { _, _ in metrics }
        return router
    }

    /// Prometheus's text format.
    private var metrics: Response {
        let (granted, refused) = authority.answered
        let families: [(String, String, String, Int64)] = [
            ("tokens_total", "counter", "Timestamps given.", Int64(granted)),
            ("refusals_total", "counter", "Requests refused.", Int64(refused)),
            ("certificate_end_seconds", "gauge", "When the certificate ends.", authority.certificate.notAfter),
        ]
        let text = families.map { name, kind, help, value in
            let name = "cinnabar_authority_\(name)"
            return "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n\(name) \(value)\n"
        }
        return Self.response(.ok, "text/plain; version=0.0.4; charset=utf-8", Array(text.joined().utf8))
    }

    private static func response(_ status: HTTPResponse.Status, _ type: String, _ body: [UInt8]) -> Response {
        Response(
            status: status,
            headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
    }
}
