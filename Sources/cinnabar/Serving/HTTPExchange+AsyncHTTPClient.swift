import Anchoring
import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension HTTPClient {
    /// To the response's head: longer than a timestamp authority takes, shorter than the interval in which it is asked
    /// again.
    private static let authorityTimeoutSeconds: Int64 = 20
    /// To the last byte of the response: a log's tiles come over slow lines too.
    private static let exchangeSeconds = 60

    /// Sends what an anchor asks for, within limits of time and size: a response that trickles is cut off. Whether
    /// redirects are followed is the client's own setting.
    func exchange(_ outgoing: OutgoingRequest) async throws -> IncomingResponse {
        try await withThrowingTaskGroup(of: IncomingResponse.self) { group in
            group.addTask { try await self.response(to: outgoing) }
            group.addTask {
                try await ContinuousClock().sleep(for: .seconds(Self.exchangeSeconds))
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            guard let response = try await group.next() else { throw HTTPClientError.cancelled }
            return response
        }
    }

    private func response(to outgoing: OutgoingRequest) async throws -> IncomingResponse {
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
