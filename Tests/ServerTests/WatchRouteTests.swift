import Evidence
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Server

struct WatchRouteTests {
    let server: TestServer

    init() throws { server = try TestServer() }

    private func watch() async throws -> String {
        let answer = try await server.send(.post, "/v1/watches", token: server.token, json: #"{"name": "shop"}"#)
        #expect(answer.status == .created)
        let id = try #require(answer.json["id"]?.stringValue)
        #expect(answer.headers[.location] == "/v1/watches/\(id)")
        #expect(answer.json["secret"]?.stringValue?.count == 64)
        return id
    }

    @Test func theSecretIsShownOnce() async throws {
        let id = try await watch()
        let read = try await server.send(.get, "/v1/watches/\(id)", token: server.token)
        #expect(read.json["name"] == "shop" && read.json["scope"] == "own" && read.json["secret"] == nil)
        let list = try await server.send(.get, "/v1/watches", token: server.token).json["watches"]
        #expect(list?.arrayValue?.count == 1 && list?.arrayValue?.first?["secret"] == nil)
    }

    @Test func refusesWhatIsNoWatch() async throws {
        for (json, code) in [
            (#"{}"#, "field.missing"), (#"{"name": "a", "scope": "mine"}"#, "field.invalid"),
            (#"{"name": "a", "minimumScore": "high"}"#, "field.invalid"), (#"{"name": "a", "x": 1}"#, "field.unknown"),
            (#"{"name": ""}"#, "watch.invalid"), (#"{"name": "a", "webhook": "http://localhost/"}"#, "webhook.refused"),
        ] {
            try await server.send(.post, "/v1/watches", token: server.token, json: json)
                .expectProblem(.unprocessableContent, code, json)
        }
    }

    @Test func unknownWatches() async throws {
        for id in ["x", String(repeating: "0", count: 32)] {
            for path in ["", "/hits", "/pictures/" + RegistrationTests.zeros] {
                try await server.send(.get, "/v1/watches/\(id)\(path)", token: server.token)
                    .expectProblem(.notFound, "watch.unknown", path)
            }
            let parts = [TestPart.file("a")]
            try await server.send("/v1/watches/\(id)/pictures", token: server.token, form: parts)
                .expectProblem(.notFound, "watch.unknown")
        }
    }

    @Test func pagesOfHits() async throws {
        let id = try await watch()
        let page = try await server.send(.get, "/v1/watches/\(id)/hits?limit=5", token: server.token).json
        #expect(page["hits"] == [] && page["next"] == .null)
        for query in ["limit=0", "limit=1001", "limit=a", "after=-1", "after=x"] {
            try await server.send(.get, "/v1/watches/\(id)/hits?\(query)", token: server.token)
                .expectProblem(.badRequest, "request.invalid", query)
        }
        try await server.send(.get, "/v1/watches/\(id)/pictures/abc", token: server.token)
            .expectProblem(.unprocessableContent, "field.invalid")
        let seen = try await server.send(
            .get,
            "/v1/watches/\(id)/pictures/\(RegistrationTests.zeros)",
            token: server.token
        )
        #expect(seen.json["seen"] == false)
    }

    @Test func aDeletedWatchIsGone() async throws {
        let id = try await watch()
        let deleted = try await server.send(.delete, "/v1/watches/\(id)", token: server.token)
        #expect(deleted.status == .noContent)
        try await server.send(.delete, "/v1/watches/\(id)", token: server.token)
            .expectProblem(.notFound, "watch.unknown")
    }
}
