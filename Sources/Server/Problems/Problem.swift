import Evidence
import HTTPTypes
import Hummingbird
import NIOCore

/// An answer of RFC 9457: what went wrong, in a form that programs branch on by `code` and people read by `detail`.
struct Problem: Sendable, Equatable {
    let status: HTTPResponse.Status
    /// Stable; never renamed.
    let code: String
    let detail: String

    func response(requestID: String) -> Response {
        let json: JSONValue = [
            "type": "about:blank",
            "title": .string(status.reasonPhrase),
            "status": .integer(status.code),
            "code": .string(code),
            "detail": .string(detail),
            "requestId": .string(requestID),
        ]
        var response = Response(bytes: json.encoded(), mediaType: "application/problem+json", status: status)
        response.headers[.cacheControl] = "no-store"
        if status == .unauthorized { response.headers[.wwwAuthenticate] = #"Bearer realm="cinnabar""# }
        // Long enough for a burst to pass, short enough for a person who waits.
        if status == .serviceUnavailable { response.headers[.retryAfter] = "2" }
        return response
    }
}
