import OpenSSL

/// Asks one timestamp authority over HTTP (RFC 3161, 3.4).
public struct TimestampClient: Sendable {
    /// Eight random bytes: no authority answers two requests by the same token (RFC 3161, 2.4.1).
    private static let nonceByteCount = 8
    private static let queryType = "application/timestamp-query"
    private static let replyType = "application/timestamp-reply"

    /// What is asked for.
    public let demands: TimestampDemands
    private let url: String
    private let trust: TimestampTrust
    private let clock: @Sendable () -> Int64
    private let exchange: HTTPExchange

    /// - Parameters:
    ///   - trust: `.anySigner` still checks that imprint, nonce and signature hold.
    ///   - clock: Our own, in seconds since 1970; it matters where `demands` limits the skew.
    public init(
        url: String,
        trust: TimestampTrust,
        demands: TimestampDemands = TimestampDemands(),
        clock: @escaping @Sendable () -> Int64 = { 0 },
        exchange: @escaping HTTPExchange
    ) {
        self.url = url
        self.trust = trust
        self.demands = demands
        self.clock = clock
        self.exchange = exchange
    }

    /// What to ask for the data: its bytes may be kept before they are sent, and sent again.
    ///
    /// - Throws: `OpenSSLError` when the system gives no random number.
    public func request(for data: [UInt8]) throws -> TimestampRequest {
        try request(for: TimestampImprint(of: data, algorithm: demands.algorithm))
    }

    private func request(for imprint: TimestampImprint) throws -> TimestampRequest {
        TimestampRequest(
            imprint: imprint,
            nonce: demands.usesNonce ? try SecureRandom.bytes(Self.nonceByteCount) : nil,
            policy: demands.policy
        )
    }

    /// A new timestamp of the data by the algorithm that is demanded, verified.
    ///
    /// - Throws: As ``timestamp(for:)``.
    public func timestamp(of data: [UInt8]) async throws -> VerifiedTimestamp {
        try await timestamp(for: request(for: data))
    }

    /// A new timestamp of an imprint by any algorithm.
    ///
    /// - Throws: As ``timestamp(for:)``.
    public func timestamp(imprint: TimestampImprint) async throws -> VerifiedTimestamp {
        try await timestamp(for: request(for: imprint))
    }

    /// The answer to a request, verified. `der` of it is what to keep as `.tsr`.
    ///
    /// - Throws: ``TimestampError``, with code `.unexpectedReply` or `.tooLarge` if it is no timestamp response at
    ///   all; or what the exchange threw.
    public func timestamp(for request: TimestampRequest) async throws -> VerifiedTimestamp {
        let asked = clock()
        let reply = try await exchange(
            OutgoingRequest(
                url: url,
                method: "POST",
                headers: ["content-type": Self.queryType, "accept": Self.replyType],
                body: request.der(),
                responseLimitBytes: UnverifiedTimestamp.byteLimit
            )
        )
        let answered = max(asked, clock())
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
        let timestamp = try UnverifiedTimestamp(response: reply.body)
            .verified(imprint: request.imprint, request: request, trust: trust)
        try demands.check(timestamp.token, between: asked...answered)
        return timestamp
    }
}
