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
}
