import Evidence
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Server

/// Kept searches, what is ignored, and feedback, by HTTP.
struct SearchTests {
    let server: TestServer

    init() throws { server = try TestServer() }

    private func search(_ text: String, token: String) async throws -> JSONValue {
        let answer = try await server.send("/v1/searches", token: token, form: [.file(text)])
        #expect(answer.status == .ok)
        return answer.json
    }

    @Test func aSearchIsReadAgainAndErasedByItsAccount() async throws {
        _ = try await server.register("lease", token: server.token)
        let found = try await search("lease", token: server.token)
        let path = "/v1/searches/\(try #require(found["id"]?.stringValue))"
        let again = try await server.send(.get, path, token: server.token)
        #expect(again.json == found && again.headers[.cacheControl] == "no-store")
        let list = try await server.send(.get, "/v1/searches", token: server.token)
        #expect(list.json["searches"]?.arrayValue?.first?["matches"] == 1)
        for (method, path) in [
            (HTTPRequest.Method.get, path), (.delete, path), (.get, path + "/matches/1/overlay.png"),
        ] {
            try await server.send(method, path, token: server.otherToken).expectProblem(.notFound, "search.unknown")
        }
        for text in ["0", "..", "%2e%2e", String(repeating: "a", count: 32), RegistrationTests.zeros] {
            try await server.send(.get, "/v1/searches/\(text)", token: server.token)
                .expectProblem(.notFound, "search.unknown", text)
        }
        #expect(try await server.send(.delete, path, token: server.token).status == .noContent)
        try await server.send(.get, path, token: server.token).expectProblem(.notFound, "search.unknown")
    }

    @Test func anotherAccountsPictureIsNeverDrawn() async throws {
        _ = try await server.register("lease", token: server.token)
        let theirs = try await search("lease", token: server.otherToken)
        #expect(theirs["matches"]?.arrayValue?.first?["yours"] == false)
        let path = "/v1/searches/\(try #require(theirs["id"]?.stringValue))/matches"
        try await server.send(.get, "\(path)/1/overlay.png", token: server.otherToken)
            .expectProblem(.forbidden, "overlay.notYours")
        try await server.send(.get, "\(path)/2/overlay.png", token: server.otherToken)
            .expectProblem(.notFound, "match.unknown")
        for (number, query) in [("x", ""), ("1", "?width=10"), ("1", "?width=x"), ("1", "?width=99999999999999999999")]
        {
            try await server.send(.get, "\(path)/\(number)/overlay.png\(query)", token: server.otherToken)
                .expectProblem(.badRequest, "request.invalid", number + query)
        }
        let mine = try await search("lease", token: server.token)
        let own = "/v1/searches/\(try #require(mine["id"]?.stringValue))/matches/1/overlay.png"
        try await server.send(.get, own, token: server.token).expectProblem(.notFound, "overlay.impossible")
    }

    @Test func ignoringByIdMatchAndFingerprint() async throws {
        let id = try await server.register("logo", token: server.token)
        let found = try await search("logo", token: server.otherToken)
        let match = "{\"search\": \"\(try #require(found["id"]?.stringValue))\", \"match\": 1, \"note\": \"ours\"}"
        let put = try await server.send(.put, "/v1/ignored", token: server.otherToken, json: match)
        #expect(put.status == .ok && put.json["id"] == .null && put.json["note"] == "ours")
        #expect(try await search("logo", token: server.otherToken)["ignored"] == 1)
        #expect(try await search("logo", token: server.otherToken)["matches"] == [])
        #expect(try await search("logo", token: server.token)["matches"]?.arrayValue?.count == 1)
        let list = try await server.send(.get, "/v1/ignored", token: server.otherToken)
        #expect(list.json["ignored"] == [put.json])
        let name = try #require(put.json["name"]?.stringValue)
        try await server.send(.delete, "/v1/ignored/\(name)", token: server.token)
            .expectProblem(.notFound, "ignored.unknown")
        #expect(try await server.send(.delete, "/v1/ignored/\(name)", token: server.otherToken).status == .noContent)
        #expect(try await search("logo", token: server.otherToken)["matches"]?.arrayValue?.count == 1)

        let byID = try await server.send(.put, "/v1/ignored", token: server.token, json: "{\"id\": \"\(id)\"}")
        #expect(byID.json["id"]?.stringValue == id && byID.json["what"] == "registration")
        let fingerprint = "{\"fingerprint\": \"\(RegistrationTests.ones)\"}"
        let looks = try await server.send(.put, "/v1/ignored", token: server.token, json: fingerprint)
        #expect(looks.json["fingerprint"]?.stringValue == RegistrationTests.ones)
    }

    @Test(arguments: [
        (#"{}"#, 422, "field.invalid"), (#"{"search": "a"}"#, 422, "field.invalid"),
        (#"{"match": 1}"#, 422, "field.invalid"), (#"{"id": "x"}"#, 422, "field.invalid"),
        (#"{"search": "a", "match": 1}"#, 404, "search.unknown"), (#"{"fingerprint": "12"}"#, 400, "request.invalid"),
        (#"{"search": "a", "match": 1, "fingerprint": "b"}"#, 422, "field.invalid"),
        (#"{"registration": "a"}"#, 422, "field.unknown"), (#"[]"#, 400, "json.malformed"),
    ])
    func whatCannotBeIgnored(_ body: String, _ status: Int, _ code: String) async throws {
        try await server.send(.put, "/v1/ignored", token: server.token, json: body)
            .expectProblem(.init(code: status), code, body)
        let unknown = "{\"id\": \"\(RegistrationTests.zeros)\"}"
        try await server.send(.put, "/v1/ignored", token: server.token, json: unknown)
            .expectProblem(.notFound, "registration.unknown")
    }

    @Test func feedbackIsRecordedAndListed() async throws {
        _ = try await server.register("lease", token: server.token)
        let found = try await search("lease", token: server.otherToken)
        let path = "/v1/searches/\(try #require(found["id"]?.stringValue))/matches/1/feedback"
        let given = try await server.send(
            .post,
            path,
            token: server.otherToken,
            json: #"{"verdict": "wrong", "note": "만든 사람이 다릅니다"}"#
        )
        #expect(given.status == .created && given.json["match"]?["kind"] == "same bytes")
        let list = try await server.send(.get, "/v1/feedback", token: server.otherToken)
        #expect(list.json["feedback"] == [given.json])
        #expect(try await server.send(.get, "/v1/feedback", token: server.token).json["feedback"] == [])
        for (body, code) in [
            (#"{}"#, "field.missing"), (#"{"verdict": "maybe"}"#, "field.invalid"),
            (#"{"verdict": "right", "stars": 5}"#, "field.unknown"),
        ] {
            try await server.send(.post, path, token: server.otherToken, json: body)
                .expectProblem(.unprocessableContent, code, body)
        }
        let all = try await TestServer.send(server.applications.control, .get, "/control/feedback")
        #expect(all.json["feedback"]?.arrayValue?.first?["account"] == "other")
        #expect(all.json["feedback"]?.arrayValue?.first?["place"] == "0.0")
        #expect(try await TestServer.send(server.applications.control, .get, "/control/floods").json["floods"] == [])
        try await server.send(.get, "/control/feedback", token: server.token).expectProblem(.notFound, "route.unknown")
    }
}
