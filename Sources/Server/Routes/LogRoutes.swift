import Bytes
import Gzip
import HTTPTypes
import Hummingbird
import MerkleLog
import Notary
import OpenSSL

/// The public logs as C2SP tlog-tiles has them: under `/log` the one that outsiders see, and with several lanes under
/// `/log/lanes/<n>` each lane.
struct LogRoutes: Sendable {
    let notary: Notary

    var routes: [Route] {
        [
            Route(.get, "/log/witnessed-checkpoint", .anyone) { try witnessedCheckpoint($0) },
            Route(.get, "/v1/notices", .anyone) { _ in Response(json: try notary.notices()) },
        ]
            + ["/log", "/log/lanes/{lane}"].flatMap { prefix in
                [
                    Route(.get, "\(prefix)/checkpoint", .anyone) { try checkpoint($0) },
                    Route(.get, "\(prefix)/tile/{path...}", .anyone) { try resource($0) },
                ]
            }
    }

    private func checkpoint(_ call: Call) throws -> Response { Self.note(try log(call).checkpoint, for: call) }

    /// The newest checkpoint that enough witnesses cosigned, which may be older than the newest one.
    private func witnessedCheckpoint(_ call: Call) throws -> Response {
        guard let note = try log(call).witnessedCheckpoint() else {
            throw ServerError(.logResourceUnknown, "No checkpoint is cosigned as the policy over witnesses asks.")
        }
        return Self.note(note, for: call)
    }

    /// Asked for again and again: whoever has it already is told so, by its digest.
    private static func note(_ note: [UInt8], for call: Call) -> Response {
        let tag = "\"\(SHA256.digest(of: note).hex.prefix(32))\""
        let known = HeaderValue.list(call.request.headers[.ifNoneMatch]).map(\.value)
        var response =
            known.contains(tag) || known.contains("w/" + tag) || known == ["*"]
            ? Response(status: .notModified) : Response(bytes: note, mediaType: "text/plain; charset=utf-8")
        response.headers[.eTag] = tag
        response.headers[.cacheControl] = "no-cache"
        return readableByAnyPage(response)
    }

    private func resource(_ call: Call) throws -> Response {
        let log = try log(call)
        let path = "tile/" + (call.parameters["path"] ?? "")
        guard let resource = try? TilePath(parsing: path) else {
            throw ServerError(.logPathInvalid, "This is not the canonical path of a tile or an entry bundle.")
        }
        guard let bytes = try log.resource(path) else {
            throw ServerError(.logResourceUnknown, "The log has no such tile yet, or not of this width.")
        }
        var response =
            if case .entries = resource { Self.bundle(bytes, for: call) } else { Self.octets(bytes) }
        // A tile of one width never changes, full or partial.
        response.headers[.cacheControl] = "public, max-age=31536000, immutable"
        return Self.readableByAnyPage(response)
    }

    /// Entries are text and shrink by half; hashes do not shrink.
    private static func bundle(_ bytes: [UInt8], for call: Call) -> Response {
        let wantsGzip = HeaderValue.list(call.request.headers[.acceptEncoding]).contains {
            $0.value == "gzip" && $0.parameters["q"].flatMap { Double($0) } ?? 1 > 0
        }
        guard wantsGzip, let compressed = Gzip.compressed(bytes) else {
            var plain = octets(bytes)
            plain.headers[.vary] = "Accept-Encoding"
            return plain
        }
        var response = octets(compressed)
        response.headers[.contentEncoding] = "gzip"
        response.headers[.vary] = "Accept-Encoding"
        return response
    }

    private static func octets(_ bytes: [UInt8]) -> Response {
        Response(bytes: bytes, mediaType: "application/octet-stream")
    }

    /// The log is public: a judge's page on another site may read it, too.
    private static func readableByAnyPage(_ response: Response) -> Response {
        var response = response
        response.headers[.accessControlAllowOrigin] = "*"
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
