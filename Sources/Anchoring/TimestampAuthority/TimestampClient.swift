import OpenSSL

/// Asks one timestamp authority over HTTP (RFC 3161, 3.4).
public struct TimestampClient: Sendable {
    /// Eight random bytes: no authority answers two requests by the same token (RFC 3161, 2.4.1).
    private static let nonceByteCount = 8
    private static let queryType = "application/timestamp-query"
    private static let replyType = "application/timestamp-reply"

    private let url: String
    private let trust: TimestampTrust
    private let exchange: HTTPExchange

    /// - Parameter trust: `.anySigner` still checks that imprint, nonce and signature hold.
    public init(url: String, trust: TimestampTrust, exchange: @escaping HTTPExchange) {
        self.url = url
        self.trust = trust
        self.exchange = exchange
    }

    /// A new timestamp, verified. `der` of it is what to keep as `.tsr`.
    ///
    /// - Throws: ``TimestampError``, with code `.unexpectedReply` or `.tooLarge` if it is no timestamp response at
    ///   all; or what the exchange threw.
    public func timestamp(imprint: TimestampImprint) async throws -> VerifiedTimestamp {
        let request = TimestampRequest(imprint: imprint, nonce: try SecureRandom.bytes(Self.nonceByteCount))
        let reply = try await exchange(
            OutgoingRequest(
                url: url,
                method: "POST",
                headers: ["content-type": Self.queryType, "accept": Self.replyType],
                body: request.der(),
                responseLimitBytes: UnverifiedTimestamp.byteLimit
            )
        )
        guard reply.status == 200 else {
            throw TimestampError(.unexpectedReply, "The authority answered with HTTP status \(reply.status).")
        }
        let type = reply.headers["content-type"]?.prefix { $0 != ";" && $0 != " " }.lowercased()
        guard type == Self.replyType else {
            throw TimestampError(
                .unexpectedReply,
                "The authority answered with another content type than \(Self.replyType)."
            )
        }
        return try UnverifiedTimestamp(response: reply.body).verified(imprint: imprint, request: request, trust: trust)
    }
}
