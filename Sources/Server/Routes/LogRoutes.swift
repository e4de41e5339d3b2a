import HTTPTypes
import Hummingbird
import MerkleLog
import Notary

/// The public log as C2SP tlog-tiles has it.
struct LogRoutes: Sendable {
    let notary: Notary

    var routes: [Route] {
        [
            Route(.get, "/log/checkpoint", .anyone) { _ in
                var response = Response(bytes: notary.publishedCheckpoint, mediaType: "text/plain; charset=utf-8")
                response.headers[.cacheControl] = "no-cache"
                return response
            },
            Route(.get, "/log/tile/{path...}", .anyone) { try resource($0) },
        ]
    }

    private func resource(_ call: Call) throws -> Response {
        let path = "tile/" + (call.parameters["path"] ?? "")
        do { _ = try TilePath(parsing: path) } catch {
            throw ServerError(.logPathInvalid, "This is not the canonical path of a tile or an entry bundle.")
        }
        guard let bytes = try notary.publishedResource(path) else {
            throw ServerError(.logResourceUnknown, "The log has no such tile yet, or not of this width.")
        }
        var response = Response(bytes: bytes, mediaType: "application/octet-stream")
        // A tile of one width never changes, full or partial.
        response.headers[.cacheControl] = "public, max-age=31536000, immutable"
        return response
    }
}
