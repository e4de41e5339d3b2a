import Hummingbird
import Notary

/// The built-in timestamp authority.
///
/// Source: RFC 3161, section 3.4.
struct TimestampRoutes: Sendable {
    let notary: Notary

    /// A request is a digest, a nonce and perhaps a policy: under 200 bytes.
    private static let requestLimitBytes = 4 << 10

    var routes: [Route] {
        [
            Route(.post, "/tsa", .anyone) { call in
                let request = try await call.body(
                    of: "application/timestamp-query",
                    limitBytes: Self.requestLimitBytes
                )
                var response = Response(
                    bytes: notary.timestampResponse(to: request),
                    mediaType: "application/timestamp-reply"
                )
                response.headers[.cacheControl] = "no-store"
                return response
            },
            Route(.get, "/tsa/root.pem", .anyone) { _ in
                var response = Response(
                    bytes: Array(notary.authorityRootPEM.utf8),
                    mediaType: "application/x-pem-file"
                )
                response.headers[.cacheControl] = "no-cache"
                return response
            },
        ]
    }
}
