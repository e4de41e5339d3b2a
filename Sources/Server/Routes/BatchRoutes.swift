import HTTPTypes
import Hummingbird
import Notary

/// Many registrations by digests in one request, a line each: NDJSON in, NDJSON out.
///
/// The whole body is read before the first line is registered, and the answer begins when the last one is: no client
/// has to read while it still writes.
struct BatchRoutes: Sendable {
    let notary: Notary
    let batches: Slots

    static let mediaType = "application/x-ndjson"

    var route: Route {
        Route(.post, "/v1/registrations:batch", .token) { call in
            try await batches.withSlot { try await register(call) }
        }
    }

    private func register(_ call: Call) async throws -> Response {
        let caller = try call.requiredCaller()
        let proof = call.request.uri.queryParameters["proof"]
        guard [nil, "true", "false"].contains(proof) else {
            throw ServerError(.invalidRequest, "The query's \"proof\" is true or false.")
        }
        let body = try await call.body(of: Self.mediaType, limitBytes: DigestBatch.bodyLimitBytes)
        let answer = try await DigestBatch(notary).answer(to: body, withProofs: proof == "true", for: caller)
        var response = Response(bytes: answer, mediaType: Self.mediaType)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
