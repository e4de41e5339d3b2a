import Evidence
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Notary
import Testing

@testable import Server

struct RegistrationTests {
    let server: TestServer

    init() throws { server = try TestServer() }

    static let zeros = String(repeating: "0", count: 64)
    static let ones = String(repeating: "1", count: 64)

    // MARK: What works

    @Test func registersAForm() async throws {
        // The claim before the file and after it.
        for parts in [
            [TestPart.field("claim", #"{"title": "租约"}"#), .file("a")],
            [.file("b"), .field("claim", #"{"title": "租约"}"#)],
        ] {
            let answer = try await server.send("/v1/registrations", token: server.token, form: parts)
            #expect(answer.status == .created)
            let id = try #require(answer.json["id"]?.stringValue)
            #expect(answer.headers[.location] == "/v1/registrations/\(id)")
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(answer.json["record"]?["claim"]?["title"] == "租约")
            #expect(answer.json["record"]?["how"] == "upload")
            let read = try await server.send(.get, "/v1/registrations/\(id)", token: server.token)
            #expect(read.json["recordText"] == answer.json["recordText"])
        }
    }

    @Test func recordsThatAFileWasImported() async throws {
        let parts = [TestPart.file("a"), .field("channel", "import")]
        let answer = try await server.send("/v1/registrations", token: server.token, form: parts)
        #expect(answer.status == .created)
        #expect(answer.json["record"]?["how"] == "import")
    }

    @Test func registersDigests() async throws {
        let parent = try await server.register("parent", token: server.token)
        let answer = try await server.send(
            .post,
            "/v1/registrations",
            token: server.token,
            json: """
                {"digests": {"sha256": "\(Self.zeros)", "sm3": "\(Self.ones)"}, "sizeBytes": 7,
                 "mediaType": "image/jpeg", "claim": {"owner": "을"}, "parents": ["\(parent)"]}
                """
        )
        #expect(answer.status == .created)
        #expect(answer.json["record"]?["how"] == "digest only")
        #expect(answer.json["record"]?["parents"] == [.string(parent)])
        let bare = try await server.send(
            .post,
            "/v1/registrations",
            token: server.token,
            json: #"{"digests": {"sha256": "\#(Self.zeros)"}}"#
        )
        #expect(bare.status == .created)
        #expect(bare.json["earlier"]?.arrayValue?.count == 1)
    }

    @Test func repeatsByIdempotencyKey() async throws {
        let key: HTTPFields = [.idempotencyKey: "order-7"]
        let first = try await server.send("/v1/registrations", token: server.token, headers: key, form: [.file("a")])
        let again = try await server.send("/v1/registrations", token: server.token, headers: key, form: [.file("a")])
        #expect(first.status == .created)
        #expect(again.status == .ok)
        #expect(again.json["id"] == first.json["id"])
        #expect(again.json["replayed"] == true)
        let other = try await server.send("/v1/registrations", token: server.token, headers: key, form: [.file("b")])
        other.expectProblem(.conflict, "idempotency.conflict")
        // Another account's keys are its own.
        let stranger = try await server.send(
            "/v1/registrations",
            token: server.otherToken,
            headers: key,
            form: [.file("b")]
        )
        #expect(stranger.status == .created)
    }

    @Test func listsItsOwnInPages() async throws {
        var ids: [String] = []
        for number in 0..<5 { ids.append(try await server.register("file \(number)", token: server.token)) }
        let theirs = try await server.register("theirs", token: server.otherToken)
        var found: [String] = []
        var path = "/v1/registrations?limit=2"
        for _ in 0..<4 {
            let page = try await server.send(.get, path, token: server.token)
            #expect(page.status == .ok)
            found += page.json["registrations"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
            guard let next = page.json["next"]?.stringValue else { break }
            path = "/v1/registrations?limit=2&after=\(next)"
        }
        #expect(found == ids)
        let other = try await server.send(.get, "/v1/registrations", token: server.otherToken)
        #expect(other.json["registrations"]?.arrayValue?.map { $0["id"] } == [.string(theirs)])
        #expect(other.json["next"] == .null)
    }

    @Test func handsOutEvidence() async throws {
        let id = try await server.register("a", token: server.token)
        let answer = try await server.send(.get, "/v1/registrations/\(id)/evidence", token: server.token)
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/vnd.etsi.asic-e+zip")
        #expect(answer.headers[.contentDisposition] == "attachment; filename=\"\(id).asice\"")
        #expect(answer.bytes.starts(with: Array("PK".utf8)))
        let with = try await server.send(
            .get,
            "/v1/registrations/\(id)/evidence?original=true",
            token: server.token
        )
        with.expectProblem(.badRequest, "request.invalid")  // texts are not kept
    }

    // MARK: Who may see what

    @Test func strangersSeeWhatTheLogShows() async throws {
        let id = try await server.register("a", token: server.token)
        let whole = try await server.send(.get, "/v1/registrations/\(id)", token: server.token)
        let anonymous = try await server.send(.get, "/v1/registrations/\(id)")
        let other = try await server.send(.get, "/v1/registrations/\(id)", token: server.otherToken)
        #expect(anonymous.status == .ok)
        #expect(anonymous.bytes == other.bytes)
        let names = try #require(anonymous.json.objectValue).keys.sorted()
        #expect(names == ["batchTime", "checkpoint", "entry", "id", "index", "lane", "proof"])
        for name in names { #expect(anonymous.json[name] == whole.json[name]) }
        let evidence = try await server.send(.get, "/v1/registrations/\(id)/evidence", token: server.otherToken)
        evidence.expectProblem(.notFound, "registration.unknown")
        let list = try await server.send(.get, "/v1/registrations", token: server.otherToken)
        #expect(list.json["registrations"] == [])
    }

    @Test func unknownIDs() async throws {
        for id in [Self.zeros, "abc", Self.zeros + "0", "%2e%2e", String(repeating: "A", count: 64)] {
            for token in [nil, server.token] {
                let answer = try await server.send(.get, "/v1/registrations/\(id)", token: token)
                answer.expectProblem(.notFound, "registration.unknown", id)
            }
            let evidence = try await server.send(.get, "/v1/registrations/\(id)/evidence", token: server.token)
            evidence.expectProblem(.notFound, "registration.unknown", id)
        }
    }

    @Test func tokensAreDemanded() async throws {
        let missing = try await server.send("/v1/registrations", form: [.file("a")])
        missing.expectProblem(.unauthorized, "token.missing")
        #expect(missing.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        let values = [
            "Bearer", "Bearer ", "Bearer cin_wrong", "Basic \(server.token)", server.token, "Bearer \(server.token)x",
            "Bearer \(server.token) \(server.token)",
        ]
        for value in values {
            let answer = try await server.send(.get, "/v1/registrations", headers: [.authorization: value])
            answer.expectProblem(.unauthorized, "token.invalid")
            // Where strangers may come in, a wrong token is still an error and not a stranger.
            let read = try await server.send(
                .get,
                "/v1/registrations/\(Self.zeros)",
                headers: [.authorization: value]
            )
            read.expectProblem(.unauthorized, "token.invalid")
        }
        let lowerCase = try await server.send(
            .get,
            "/v1/registrations",
            headers: [.authorization: "bearer \(server.token)"]
        )
        #expect(lowerCase.status == .ok)
    }

    @Test func itsOwnerErasesARegistration() async throws {
        let id = try await server.register("a", token: server.token)
        let path = "/v1/registrations/\(id)"
        try await server.send(.delete, path, token: server.otherToken)
            .expectProblem(.notFound, "registration.unknown", "another account's")
        try await server.send(.delete, path, token: server.token, json: #"{"why": "x"}"#)
            .expectProblem(.unprocessableContent, "field.unknown")
        #expect(try await server.send(.get, path, token: server.token).json["record"] != nil)

        let erased = try await server.send(.delete, path, token: server.token, json: #"{"reason": "Sold."}"#)
        #expect(erased.status == .ok, "\(erased.text)")
        #expect(erased.json["erased"]?["reason"] == "Sold.")
        #expect(erased.json["proof"] != nil && erased.json["record"] == nil)
        // The same for everybody from now on, and doing it again changes nothing.
        for token in [nil, server.token, server.otherToken] {
            #expect(try await server.send(.get, path, token: token).json == erased.json)
        }
        #expect(try await server.send(.delete, path, token: server.token).json == erased.json)
        try await server.send(.get, path + "/evidence", token: server.token)
            .expectProblem(.gone, "registration.erased")
    }
}
