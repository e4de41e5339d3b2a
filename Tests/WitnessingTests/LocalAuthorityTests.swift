import Anchoring
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import OpenSSL
import Testing
import Witnessing

/// A separate timestamp authority, over HTTP as a log asks it.
struct LocalAuthorityTests {
    private let path = FileManager.default.temporaryDirectory.path + "/authority-\(UUID().uuidString)"
    private static let now: Int64 = 1_795_000_000

    private func withClient(
        _ body: @escaping @Sendable (any TestClientProtocol, LocalAuthority) async throws -> Void
    ) async throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = try LocalAuthority.create(at: path, name: "tsa.example", nowSeconds: Self.now)
        let authority = try LocalAuthority(folder: path, clock: { Self.now })
        let application = makeAuthorityApplication(authority, host: "127.0.0.1", port: 0, logger: Logger(label: "test"))
        try await application.test(.live) { try await body($0, authority) }
    }

    private static func client(
        _ client: any TestClientProtocol,
        _ authority: LocalAuthority,
        _ demands: TimestampDemands
    ) -> TimestampClient {
        TimestampClient(url: "/tsa", trust: .roots([authority.root]), demands: demands, clock: { now }) { outgoing in
            let answer = try await client.executeRequest(
                uri: outgoing.url,
                method: .post,
                headers: [.contentType: outgoing.headers["content-type"] ?? ""],
                body: ByteBuffer(bytes: outgoing.body)
            )
            return IncomingResponse(
                status: answer.status.code,
                headers: ["content-type": answer.headers[.contentType] ?? ""],
                body: Array(answer.body.readableBytesView)
            )
        }
    }

    @Test func stampsOverHTTPAndSaysThatItIsSelfOperated() async throws {
        try await withClient { client, authority in
            for algorithm in [DigestAlgorithm.sha256, .sm3] {
                let demands = TimestampDemands(algorithm: algorithm, accuracyLimitSeconds: 1, clockSkewLimitSeconds: 1)
                let timestamp = try await Self.client(client, authority, demands).timestamp(of: [1, 2, 3])
                #expect(timestamp.token.imprintAlgorithm == algorithm)
                #expect(timestamp.token.policy == SelfOperatedAuthority.policy)
                #expect(timestamp.root == authority.root)
            }
            let root = try await client.executeRequest(uri: "/root.pem", method: .get, headers: [:], body: nil)
            #expect(String(buffer: root.body) == authority.root.pem)
            let metrics = try await client.executeRequest(uri: "/metrics", method: .get, headers: [:], body: nil)
            #expect(String(buffer: metrics.body).contains("cinnabar_authority_tokens_total 2\n"))
        }
    }

    @Test func refusesWhatIsNoRequest() async throws {
        try await withClient { client, authority in
            let (text, large) = (ByteBuffer(string: "x"), ByteBuffer(repeating: 0x30, count: 5000))
            let headers: HTTPFields = [.contentType: "application/timestamp-query"]
            let type = try await client.executeRequest(uri: "/tsa", method: .post, headers: [:], body: text)
            #expect(type.status == .unsupportedMediaType)
            let size = try await client.executeRequest(uri: "/tsa", method: .post, headers: headers, body: large)
            #expect(size.status == .contentTooLarge)
            let answer = try await client.executeRequest(uri: "/tsa", method: .post, headers: headers, body: text)
            let response = try UnverifiedTimestamp(response: Array(answer.body.readableBytesView))
            #expect(response.response.status == .rejection)
            let policy = TimestampDemands(policy: "1.2.3")
            await #expect(throws: TimestampError.self) {
                try await Self.client(client, authority, policy).timestamp(of: [1])
            }
            #expect(authority.answered == (0, 2))
        }
    }

    @Test func foldersAreLockedPrivateAndMadeOnce() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        func expect(_ code: WitnessingError.Code, _ body: () throws -> Void) {
            let error = #expect(throws: WitnessingError.self) { try body() }
            #expect(error?.code == code)
        }
        expect(.absent) { _ = try LocalAuthority(folder: path, clock: { Self.now }) }
        expect(.invalidKey) { _ = try LocalAuthority.create(at: path, name: "", nowSeconds: Self.now) }
        let root = try LocalAuthority.create(at: path, name: "tsa.example", nowSeconds: Self.now)
        expect(.alreadyExists) { _ = try LocalAuthority.create(at: path, name: "other", nowSeconds: Self.now) }
        do {
            let authority = try LocalAuthority(folder: path, clock: { Self.now })
            #expect(authority.root == root)
            expect(.locked) { _ = try LocalAuthority(folder: path, clock: { Self.now }) }
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path + "/tsa.key")
        expect(.exposedKey) { _ = try LocalAuthority(folder: path, clock: { Self.now }) }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path + "/tsa.key")
        try FileManager.default.removeItem(atPath: path + "/root.pem")
        expect(.damaged) { _ = try LocalAuthority(folder: path, clock: { Self.now }) }
    }
}
