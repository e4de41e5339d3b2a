import Bytes
import HTTPTypes
import Hummingbird
import OpenSSL

/// The verifying page and the API's description: files built into the program.
struct PageRoutes: Sendable {
    /// Scripts and styles of our own alone, no frames, no forms, no other hosts.
    static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "worker-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private static let style = "text/css; charset=utf-8"
    private static let script = "text/javascript; charset=utf-8"

    var routes: [Route] {
        [
            Self.route("/", PackageResources.index_html, "text/html; charset=utf-8"),
            Self.route("/page.css", PackageResources.page_css, Self.style),
            Self.route("/seal.svg", PackageResources.seal_svg, "image/svg+xml"),
            Self.route("/page.js", PackageResources.page_js, Self.script),
            Self.route("/results.js", PackageResources.results_js, Self.script),
            Self.route("/words.js", PackageResources.words_js, Self.script),
            Self.route("/digests.js", PackageResources.digests_js, Self.script),
            Self.route("/digest-worker.js", PackageResources.digest_worker_js, Self.script),
            Self.route("/openapi.json", PackageResources.openapi_json, "application/json"),
        ]
    }

    private static func route(_ path: String, _ bytes: [UInt8], _ mediaType: String) -> Route {
        let tag = "\"\(SHA256.digest(of: bytes).hex.prefix(32))\""
        return Route(.get, path, .anyone) { call in
            let isKnown = call.request.headers[.ifNoneMatch]?.contains(tag) == true
            var response =
                isKnown ? Response(status: .notModified) : Response(bytes: bytes, mediaType: mediaType)
            if isKnown { response.headers[.contentLength] = nil }  // it would be taken for that of the file
            response.headers[.eTag] = tag
            response.headers[.cacheControl] = "no-cache"
            response.headers[.contentSecurityPolicy] = contentSecurityPolicy
            response.headers[.referrerPolicy] = "no-referrer"
            return response
        }
    }
}
