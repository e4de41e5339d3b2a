import Anchoring
import OpenSSL
import Testing

struct TimestampClientTests {
    private let authority: SelfOperatedAuthority
    private let imprint = TimestampImprint(of: [1, 2, 3])

    init() throws {
        let credentials = try SelfOperatedAuthority.generate(origin: "tsa.example", nowSeconds: 1_795_000_000)
        authority = try SelfOperatedAuthority(credentials: credentials, clock: { 1_795_000_000 })
    }

    private func client(
        trust: TimestampTrust? = nil,
        _ answer: @escaping @Sendable (SelfOperatedAuthority, OutgoingRequest) throws -> IncomingResponse
    ) -> TimestampClient {
        let authority = authority
        return TimestampClient(url: "http://tsa.example/", trust: trust ?? .roots([authority.root])) {
            try answer(authority, $0)
        }
    }

    private static func reply(_ body: [UInt8], status: Int = 200, type: String? = "application/timestamp-reply")
        -> IncomingResponse
    {
        IncomingResponse(status: status, headers: type.map { ["content-type": $0] } ?? [:], body: body)
    }

    private func expect(_ code: TimestampError.Code, of client: TimestampClient) async {
        let error = await #expect(throws: TimestampError.self) { try await client.timestamp(imprint: imprint) }
        #expect(error?.code == code)
    }

    @Test func getsAVerifiedTimestamp() async throws {
        let client = client { authority, request in
            #expect(request.url == "http://tsa.example/")
            #expect(request.method == "POST")
            #expect(request.headers["content-type"] == "application/timestamp-query")
            #expect(request.responseLimitBytes == 65536)
            return Self.reply(authority.response(to: request.body), type: "Application/Timestamp-Reply; v=1")
        }
        let (first, second) = try await (client.timestamp(imprint: imprint), client.timestamp(imprint: imprint))
        #expect(first.root == authority.root)
        #expect(first.token.imprint == imprint.digest)
        #expect(first.token.nonce != nil)
        #expect(first.token.nonce != second.token.nonce)
        #expect(throws: Never.self) {
            try UnverifiedTimestamp(response: first.der)
                .verified(imprint: imprint, trust: .roots([authority.root]))
        }
    }

    @Test func worksWithoutRoots() async throws {
        let client = client(trust: .anySigner) { Self.reply($0.response(to: $1.body)) }
        #expect(try await client.timestamp(imprint: imprint).root == nil)
    }

    @Test func refusesRepliesThatAreNone() async throws {
        await expect(.unexpectedReply, of: client { Self.reply($0.response(to: $1.body), status: 500) })
        await expect(.unexpectedReply, of: client { Self.reply($0.response(to: $1.body), type: "text/html") })
        await expect(.unexpectedReply, of: client { Self.reply($0.response(to: $1.body), type: nil) })
        await expect(.malformed, of: client { _, _ in Self.reply(Array("<html>".utf8)) })
        await expect(.tooLarge, of: client { _, _ in Self.reply([UInt8](repeating: 0, count: 65537)) })
        await expect(.notGranted, of: client { authority, _ in Self.reply(authority.response(to: [])) })
        await expect(.trailingBytes, of: client { Self.reply($0.response(to: $1.body) + [0]) })
    }

    @Test func refusesTokensForAnotherRequest() async throws {
        let imprint = imprint
        let replayed = authority.response(to: try TimestampRequest(imprint: imprint, nonce: [1]).der())
        await expect(.nonceMismatch, of: client { _, _ in Self.reply(replayed) })
        let unasked = authority.response(to: try TimestampRequest(imprint: imprint, nonce: nil).der())
        await expect(.nonceMismatch, of: client { _, _ in Self.reply(unasked) })
        await expect(
            .imprintMismatch,
            of: client { authority, request in
                let nonce = try TimestampRequest(der: request.body).nonce
                let other = TimestampRequest(imprint: TimestampImprint(of: [9]), nonce: nonce)
                return Self.reply(authority.response(to: try other.der()))
            }
        )
        let roots = try Vectors.certificates("rfc3161/root.pem")
        await expect(.untrustedChain, of: client(trust: .roots(roots)) { Self.reply($0.response(to: $1.body)) })
    }

    @Test func failuresOfTheTransportPassThrough() async throws {
        await #expect(throws: CancellationError.self) {
            try await client { _, _ in throw CancellationError() }.timestamp(imprint: imprint)
        }
    }

    // Faults of an authority, each told by its code.

    private static let now: Int64 = 1_795_000_000
    private static let year: Int64 = 31_557_600

    /// Asks an authority whose clock is off, as the operator's own clock sees it.
    private func ask(secondsOff: Int64, _ demands: TimestampDemands) async throws -> VerifiedTimestamp {
        let credentials = try SelfOperatedAuthority.generate(origin: "tsa.example", nowSeconds: Self.now - Self.year)
        let authority = try SelfOperatedAuthority(credentials: credentials, clock: { Self.now + secondsOff })
        return try await TimestampClient(
            url: "http://tsa.example/",
            trust: .roots([authority.root]),
            demands: demands,
            clock: { Self.now },
            exchange: { Self.reply(authority.response(to: $0.body)) }
        ).timestamp(of: [1, 2, 3])
    }

    private func expect(
        _ code: TimestampError.Code,
        secondsOff: Int64 = 0,
        _ demands: TimestampDemands
    ) async -> TimestampError? {
        let error = await #expect(throws: TimestampError.self) { try await ask(secondsOff: secondsOff, demands) }
        #expect(error?.code == code)
        return error
    }

    @Test(arguments: [-3600, 3600, -302, 302] as [Int64])
    func aClockThatIsOffIsRefused(seconds: Int64) async {
        let error = await expect(.clockSkewed, secondsOff: seconds, TimestampDemands(clockSkewLimitSeconds: 300))
        #expect(error?.message.contains("\(abs(seconds)) seconds \(seconds < 0 ? "behind" : "ahead of") ours") == true)
    }

    @Test func aClockWithinTheLimitIsTaken() async throws {
        for seconds in [-301, 0, 301] as [Int64] {
            // The tokens state an accuracy of a second.
            let demands = TimestampDemands(clockSkewLimitSeconds: 300)
            #expect(try await ask(secondsOff: seconds, demands).token.genTimeSeconds == Self.now + seconds)
        }
        #expect(try await ask(secondsOff: 3600, TimestampDemands()).token.genTimeSeconds == Self.now + 3600)
    }

    @Test func policyAndAccuracyAreAsDemanded() async throws {
        let own = SelfOperatedAuthority.policy
        #expect(try await ask(secondsOff: 0, TimestampDemands(policy: own)).token.policy == own)
        // The authority has no other policy and says so.
        let error = await expect(.notGranted, TimestampDemands(policy: "1.2.3.4"))
        #expect(error?.message.contains(own) == true)
        #expect(try await ask(secondsOff: 0, TimestampDemands(accuracyLimitSeconds: 1)).token.accuracySeconds == 1)
        _ = await expect(.accuracyInsufficient, TimestampDemands(accuracyLimitSeconds: 0.5))
    }

    @Test func imprintsAreByTheDemandedAlgorithm() async throws {
        for algorithm in [DigestAlgorithm.sha256, .sm3] {
            let timestamp = try await ask(secondsOff: 0, TimestampDemands(algorithm: algorithm))
            #expect(timestamp.token.imprintAlgorithm == algorithm)
            #expect(timestamp.token.imprint == algorithm.digest(of: [1, 2, 3]))
        }
        #expect(try await ask(secondsOff: 0, TimestampDemands(usesNonce: false)).token.nonce == nil)
    }

    @Test func anExpiredCertificateIsRefused() async {
        _ = await expect(.genTimeOutsideCertificate, secondsOff: 10 * Self.year, TimestampDemands())
    }

    @Test(
        arguments: [
            ("bad-no-eku.tsr", .certificateNotForTimestamping), ("bad-eku-extra.tsr", .certificateNotForTimestamping),
            ("bad-eku-noncritical.tsr", .certificateNotForTimestamping), ("bad-signature.tsr", .signatureInvalid),
            ("bad-imprint.tsr", .imprintMismatch), ("bad-rejection.tsr", .notGranted),
            ("bad-truncated.tsr", .malformed),
        ] as [(String, TimestampError.Code)]
    )
    func brokenTokensAreRefusedWithTheirReason(name: String, code: TimestampError.Code) async throws {
        let response = try UnverifiedTimestamp(response: Vectors.bytes("rfc3161/good-no-nonce.tsr"))
        #expect(response.response.token?.nonce == nil)
        let roots = try Vectors.certificates("rfc3161/root.pem")
        let body = try Vectors.bytes("rfc3161/\(name)")
        let isWithoutNonce = (try? UnverifiedTimestamp(response: body))?.response.token.map { $0.nonce == nil } ?? true
        let client = TimestampClient(
            url: "http://tsa.example/",
            trust: .roots(roots),
            demands: TimestampDemands(usesNonce: false),
            exchange: { _ in Self.reply(body) }
        )
        let error = await #expect(throws: TimestampError.self) {
            try await client.timestamp(of: Vectors.bytes("rfc3161/data.bin"))
        }
        // A token that answers another request is refused for that already.
        #expect(error?.code == (isWithoutNonce || code == .imprintMismatch ? code : .nonceMismatch))
    }
}
