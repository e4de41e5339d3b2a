import Evidence
import HTTPTypes
import HummingbirdTesting
import Notary
import Testing

/// The calendar's routes, as stock clients ask them.
struct CalendarRouteTests {
    private func server(opened: Bool = true, upstream: [String] = ["http://127.0.0.1:1"]) throws -> TestServer {
        try TestServer(notary: {
            guard opened else { return }
            $0.calendar = CalendarOptions(url: "http://our.example", upstreamURLs: upstream)
        })
    }

    @Test func takesADigestAndAnswersByAPromise() async throws {
        let server = try server()
        // The stock client says that it is a form.
        let type = "application/x-www-form-urlencoded"
        let answer = try await server.send(.post, "/digest", type: type, body: [UInt8](repeating: 1, count: 32))
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/vnd.opentimestamps.v1")
        #expect(answer.bytes.suffix(19).elementsEqual([18] + "http://our.example".utf8))
        let unknown = try await server.send(.get, "/timestamp/" + RegistrationTests.zeros)
        #expect(unknown.status == .notFound)
        #expect(unknown.bytes == Array("Commitment not found".utf8))
    }

    @Test func refusesWhatIsNoDigest() async throws {
        let server = try server()
        let large = try await server.send(.post, "/digest", body: [UInt8](repeating: 1, count: 65))
        large.expectProblem(.contentTooLarge, "upload.tooLarge")
        try await server.send(.post, "/digest", body: []).expectProblem(.badRequest, "request.invalid")
    }

    @Test func saysThatItIsOffOrAlone() async throws {
        let closed = try server(opened: false)
        try await closed.send(.post, "/digest", body: [1]).expectProblem(.notFound, "calendar.off")
        let path = "/timestamp/" + RegistrationTests.zeros
        try await closed.send(.get, path).expectProblem(.notFound, "calendar.off")
        let alone = try await server(upstream: []).send(.post, "/digest", body: [1])
        alone.expectProblem(.serviceUnavailable, "calendar.unusable")
        #expect(alone.json["detail"]?.stringValue?.contains("calendar.upstream") == true)
    }

    @Test func aFileHasNoProofBeforeACalendarTookItsCheckpoint() async throws {
        let server = try server()
        let id = try await server.register("a contract", token: server.token)
        let path = "/v1/registrations/\(id)/file.ots"
        try await server.send(.get, path, token: server.token).expectProblem(.notFound, "proof.unavailable")
        try await server.send(.get, path, token: server.otherToken).expectProblem(.notFound, "registration.unknown")
    }
}
