import HTTPTypes
import Hummingbird
import MerkleLog
import Notary

/// The public logs as C2SP tlog-tiles has them: under `/log` the one that outsiders see, and with several lanes under
/// `/log/lanes/<n>` each lane.
struct LogRoutes: Sendable {
    let notary: Notary

    var routes: [Route] {
        ["/log", "/log/lanes/{lane}"].flatMap { prefix in
            [
                Route(.get, "\(prefix)/checkpoint", .anyone) { try checkpoint($0) },
                Route(.get, "\(prefix)/tile/{path...}", .anyone) { try resource($0) },
            ]
        }
    }

    private func checkpoint(_ call: Call) throws -> Response {
        var response = Response(bytes: try log(call).checkpoint, mediaType: "text/plain; charset=utf-8")
        response.headers[.cacheControl] = "no-cache"
        return response
    }

    private func resource(_ call: Call) throws -> Response {
        let log = try log(call)
        let path = "tile/" + (call.parameters["path"] ?? "")
        do { _ = try TilePath(parsing: path) } catch {
            throw ServerError(.logPathInvalid, "This is not the canonical path of a tile or an entry bundle.")
        }
        guard let bytes = try log.resource(path) else {
            throw ServerError(.logResourceUnknown, "The log has no such tile yet, or not of this width.")
        }
        var response = Response(bytes: bytes, mediaType: "application/octet-stream")
        // A tile of one width never changes, full or partial.
        response.headers[.cacheControl] = "public, max-age=31536000, immutable"
        return response
    }

    private func log(_ call: Call) throws(ServerError) -> PublishedLog {
        let number = call.parameters["lane"]
        guard let log = notary.logs.first(where: { $0.laneNumber.map { String($0) } == number }) else {
            throw ServerError(.logResourceUnknown, "There is no such lane. A log with one lane is at /log.")
        }
        return log
    }
}
