import Anchoring
import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension HTTPClient {
    /// Longer than a timestamp authority takes, shorter than the interval in which it is asked again.
    private static let authorityTimeoutSeconds: Int64 = 20

    /// Sends what an anchor asks for, within limits of time and size. Redirects are not followed: an authority is the
    /// URL that the operator configured.
    func exchange(_ outgoing: OutgoingRequest) async throws -> IncomingResponse {
        var request = HTTPClientRequest(url: outgoing.url)
        request.method = HTTPMethod(rawValue: outgoing.method)
        for (name, value) in outgoing.headers { request.headers.add(name: name, value: value) }
        if !outgoing.body.isEmpty { request.body = .bytes(ByteBuffer(bytes: outgoing.body)) }
        let response = try await execute(request, timeout: .seconds(Self.authorityTimeoutSeconds))
        let body = try await response.body.collect(upTo: outgoing.responseLimitBytes)
        var headers: [String: String] = [:]
        for (name, value) in response.headers {
            let name = name.lowercased()
            headers[name] = headers[name].map { $0 + ", " + value } ?? value
        }
        return IncomingResponse(
            status: Int(response.status.code),
            headers: headers,
            body: Array(body.readableBytesView)
        )
    }
}
