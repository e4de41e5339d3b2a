import Anchoring
import Bytes
import Evidence
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import OpenSSL
import Testing

@testable import Server

/// Searching and checking, the log, the authority, the page.
struct PublicRouteTests {
    let server: TestServer

    init() throws { server = try TestServer() }

    // MARK: Searches

    @Test func findsEqualBytes() async throws {
        let id = try await server.register("a contract", token: server.token)
        let byFile = try await server.send("/v1/searches", token: server.token, form: [.file("a contract")])
        #expect(byFile.status == .ok)
        #expect(byFile.json["matches"]?.arrayValue?.first?["id"] == .string(id))
        let sha256 = try #require(byFile.json["sha256"]?.stringValue)
        let byDigest = try await server.send(
            .post,
            "/v1/searches",
            token: server.otherToken,
            json: #"{"sha256": "\#(sha256)"}"#
        )
        #expect(byDigest.json["matches"]?.arrayValue?.count == 1)
        #expect(byDigest.json["matches"]?.arrayValue?.first?["id"] == .null)
    }

    @Test(arguments: [
        ("{}", "field.missing"), (#"{"sha256": "x"}"#, "field.invalid"), (#"{"sm3": "x"}"#, "field.unknown"),
    ])
    func refusesSearches(json: String, code: String) async throws {
        let answer = try await server.send(.post, "/v1/searches", token: server.token, json: json)
        answer.expectProblem(.unprocessableContent, code)
    }

    @Test func refusesSearchForms() async throws {
        let none = try await server.send("/v1/searches", token: server.token, form: [])
        none.expectProblem(.badRequest, "multipart.partMissing")
        let claim = try await server.send("/v1/searches", token: server.token, form: [.field("claim", "{}")])
        claim.expectProblem(.badRequest, "multipart.partUnknown")
        let type = try await server.send(.post, "/v1/searches", token: server.token, type: "image/jpeg", body: [1])
        type.expectProblem(.unsupportedMediaType, "request.mediaTypeUnsupported")
    }

    // MARK: Verifications

    @Test func judgesEvidence() async throws {
        let evidence = TestPart.field("evidence", "some bytes")
        let digest = TestPart.field("sha256", RegistrationTests.zeros)
        for parts in [
            [evidence], [evidence, .file("a")], [.file("a"), evidence], [digest, evidence],
            [evidence, digest, .field("sm3", RegistrationTests.ones), .field("size", "12")],
        ] {
            let answer = try await server.send("/v1/verifications", form: parts)
            #expect(answer.status == .ok, "\(answer.text)")
            #expect(answer.json["verdict"] == "consistent")
        }
    }

    static let evidence = TestPart.field("evidence", "some bytes")
    static let refused: [([TestPart], HTTPResponse.Status, String)] = [
        ([], .badRequest, "multipart.partMissing"),
        ([.file("a")], .badRequest, "multipart.partMissing"),
        ([evidence, evidence], .badRequest, "multipart.partDuplicate"),
        ([evidence, .field("sha256", "abc")], .unprocessableContent, "field.invalid"),
        ([evidence, .field("sm3", RegistrationTests.zeros)], .unprocessableContent, "field.missing"),
        ([evidence, .field("size", "1")], .unprocessableContent, "field.missing"),
        (
            [evidence, .field("sha256", RegistrationTests.zeros), .field("size", "-1")], .unprocessableContent,
            "field.invalid"
        ),
        ([evidence, .file("a"), .field("sha256", RegistrationTests.zeros)], .unprocessableContent, "field.invalid"),
        ([.field("evidence", String(repeating: "x", count: 10_001))], .contentTooLarge, "multipart.partTooLarge"),
        ([evidence, .file("")], .unprocessableContent, "file.empty"),
    ]

    @Test func refusesVerifications() async throws {
        for (number, (parts, status, code)) in Self.refused.enumerated() {
            let answer = try await server.send("/v1/verifications", form: parts)
            answer.expectProblem(status, code, "form \(number)")
        }
    }

    @Test func aVerifierWithoutAReportIsOurFailure() async throws {
        let server = try TestServer(report: "no report")
        let answer = try await server.send("/v1/verifications", form: [Self.evidence])
        answer.expectProblem(.serviceUnavailable, "verifier.failed")
    }

    @Test func publishesWhatToTrust() async throws {
        let answer = try await server.send(.get, "/v1/trust")
        #expect(try TrustBundle(parsing: answer.bytes).logKeys.count == 1)
    }

    // MARK: The log

    @Test func servesTheLog() async throws {
        _ = try await server.register("a", token: server.token)
        _ = try await server.register("b", token: server.token)
        let checkpoint = try await server.send(.get, "/log/checkpoint")
        #expect(checkpoint.headers[.contentType] == "text/plain; charset=utf-8")
        #expect(checkpoint.headers[.cacheControl] == "no-cache")
        #expect(checkpoint.text.split(separator: "\n").prefix(2) == ["log.example.org/test", "2"])
        // Two hashes; two entries, each after its length in two bytes.
        for (path, count) in [("/log/tile/0/000.p/2", 64), ("/log/tile/entries/000.p/2", 346)] {
            let tile = try await server.send(.get, path)
            #expect(tile.status == .ok)
            #expect(tile.headers[.contentType] == "application/octet-stream")
            #expect(tile.headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(tile.bytes.count == count)
        }
        for path in ["0/000", "0/000.p/3", "1/000.p/1", "0/001.p/1", "entries/000", "0/x999/999"] {
            let answer = try await server.send(.get, "/log/tile/\(path)")
            answer.expectProblem(.notFound, "log.resourceUnknown")
        }
    }

    static let malformedLogPaths = [
        "0/0", "0/000.p/0", "0/000.p/256", "00/000", "0/x000/001", "64/000", "-1/000", "0/000.p", "a/000", "",
        "entries",
        "0/000/", "0//000", "0/%30%30%30", "0/x18/446/744/073/709/551/616", "../checkpoint",
        "0/" + String(repeating: "x000/", count: 40) + "000",
    ]

    @Test func refusesLogPaths() async throws {
        for path in Self.malformedLogPaths {
            let answer = try await server.send(.get, "/log/tile/\(path)")
            answer.expectProblem(.badRequest, "log.pathInvalid", path)
        }
    }

    // MARK: The authority

    @Test func stamps() async throws {
        let root = try await server.send(.get, "/tsa/root.pem")
        let roots = try SigningCertificate.list(pem: root.text)
        let server = server
        let client = TimestampClient(url: "/tsa", trust: .roots(roots)) { request in
            let answer = try await server.send(
                .post,
                request.url,
                type: request.headers["content-type"],
                body: request.body
            )
            return IncomingResponse(
                status: answer.status.code,
                headers: ["content-type": answer.headers[.contentType] ?? ""],
                body: answer.bytes
            )
        }
        _ = try await client.timestamp(imprint: TimestampImprint(of: Array("a".utf8)))
        // What does not read is answered too, by a rejection of the authority's own.
        let garbage = try await server.send(.post, "/tsa", type: "application/timestamp-query", body: [1, 2, 3])
        #expect(garbage.status == .ok)
        #expect(try UnverifiedTimestamp(response: garbage.bytes).response.token == nil)
    }

    @Test func refusesTimestampRequests() async throws {
        let type = try await server.send(.post, "/tsa", type: "application/json", body: [1])
        type.expectProblem(.unsupportedMediaType, "request.mediaTypeUnsupported")
        let large = try await server.send(
            .post,
            "/tsa",
            type: "application/timestamp-query",
            body: [UInt8](repeating: 0, count: 4097)
        )
        large.expectProblem(.contentTooLarge, "upload.tooLarge")
    }

    // MARK: The page, and health

    @Test func servesThePageStrictly() async throws {
        for route in server.applications.main.responder.table.routes where RouteTests.isPage(route) {
            let answer = try await server.send(.get, route.path.text)
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'; script-src 'self'") == true)
            #expect(answer.headers[.contentSecurityPolicy]?.contains("unsafe") == false)
            #expect(answer.headers[.referrerPolicy] == "no-referrer")
            let tag = try #require(answer.headers[.eTag])
            let again = try await server.send(.get, route.path.text, headers: [.ifNoneMatch: tag])
            #expect(again.status == .notModified)
            #expect(again.bytes.isEmpty)
            let changed = try await server.send(.get, route.path.text, headers: [.ifNoneMatch: "\"other\""])
            #expect(changed.status == .ok)
        }
    }

    @Test func tellsItsHealthOnBothPorts() async throws {
        for application in [server.applications.main, server.applications.metrics] {
            let answer = try await TestServer.send(application, .get, "/healthz")
            #expect(answer.status == .ok)
            #expect(answer.json["status"] == "ok")
        }
    }
}
