import Evidence
import HTTPTypes
import HummingbirdTesting
import Notary
import Testing

@testable import Server

/// What a registration is refused for; and nothing is ever half registered.
struct RefusalTests {
    let server: TestServer

    init() throws { server = try TestServer() }

    static let zeros = RegistrationTests.zeros
    static let refusedJSON: [(String, HTTPResponse.Status, String)] = [
        ("", .badRequest, "json.malformed"),
        ("{", .badRequest, "json.malformed"),
        (#"{"digests": {}} x"#, .badRequest, "json.malformed"),
        (#"{"digests": {}, "digests": {}}"#, .badRequest, "json.malformed"),
        ("[]", .badRequest, "json.malformed"),
        ("{}", .unprocessableContent, "field.missing"),
        (#"{"digests": null}"#, .unprocessableContent, "field.missing"),
        (#"{"digests": 7}"#, .unprocessableContent, "field.invalid"),
        (#"{"digests": {"sm3": "\#(zeros)"}}"#, .unprocessableContent, "field.missing"),
        (#"{"digests": {"sha256": "abc"}}"#, .unprocessableContent, "field.invalid"),
        (#"{"digests": {"sha256": 7}}"#, .unprocessableContent, "field.invalid"),
        (#"{"digests": {"sha256": "\#(zeros)", "md5": "00"}}"#, .unprocessableContent, "field.unknown"),
        (with(#""sizeBytes": -1"#), .unprocessableContent, "field.invalid"),
        (with(#""sizeBytes": 1.5"#), .unprocessableContent, "field.invalid"),
        (with(#""mediaType": "Image/JPEG""#), .unprocessableContent, "field.invalid"),
        (with(#""mediaType": "image""#), .unprocessableContent, "field.invalid"),
        (with(#""mediaType": "a/b;c=d""#), .unprocessableContent, "field.invalid"),
        (with(#""parents": "x""#), .unprocessableContent, "field.invalid"),
        (with(#""parents": [1]"#), .unprocessableContent, "field.invalid"),
        (with(#""parents": ["\#(RegistrationTests.ones)"]"#), .unprocessableContent, "parent.unknown"),
        (with(#""claim": {"colour": "red"}"#), .unprocessableContent, "evidence.invalidField"),
        (with(#""claim": {"title": ""}"#), .unprocessableContent, "evidence.invalidField"),
        (with(#""titel": "x""#), .unprocessableContent, "field.unknown"),
        (String(repeating: " ", count: 257 << 10), .contentTooLarge, "upload.tooLarge"),
    ]

    static func with(_ member: String) -> String { #"{"digests": {"sha256": "\#(zeros)"}, \#(member)}"# }

    @Test func refusesJSON() async throws {
        for (json, status, code) in Self.refusedJSON {
            let answer = try await server.send(.post, "/v1/registrations", token: server.token, json: json)
            answer.expectProblem(status, code, "\(json.prefix(200))")
        }
        try await expectNothingRegistered()
    }

    static let refusedForms: [([TestPart], HTTPResponse.Status, String)] = [
        ([], .badRequest, "multipart.partMissing"),
        ([.field("claim", "{}")], .badRequest, "multipart.partMissing"),
        ([.file("")], .unprocessableContent, "file.empty"),
        ([.file("text", type: "image/jpeg", name: "a.jpg")], .unprocessableContent, "picture.notAPicture"),
        ([.file("a"), .file("b")], .badRequest, "multipart.partDuplicate"),
        ([.file("a"), .field("title", "b")], .badRequest, "multipart.partUnknown"),
        ([.file("a"), .field("claim", "{")], .badRequest, "json.malformed"),
        ([.file("a"), .field("claim", "")], .badRequest, "json.malformed"),
        ([.file("a"), .field("claim", "[]")], .unprocessableContent, "evidence.invalidField"),
        ([.file("a"), .field("claim", #"{"x": "y"}"#)], .unprocessableContent, "evidence.invalidField"),
        ([.file("a"), .field("parents", #"{"x": "y"}"#)], .unprocessableContent, "field.invalid"),
        ([.file("a"), .field("channel", "upload")], .unprocessableContent, "field.invalid"),
        ([.file("a"), .field("channel", "digest only")], .unprocessableContent, "field.invalid"),
        ([.file("a"), .field("channel", "")], .unprocessableContent, "field.invalid"),
        (
            [.file("a"), .field("parents", String(repeating: " ", count: 9000))], .contentTooLarge,
            "multipart.partTooLarge"
        ),
        ([.file(String(repeating: "x", count: 20_001))], .contentTooLarge, "file.tooLarge"),
    ]

    @Test func refusesForms() async throws {
        for (number, (parts, status, code)) in Self.refusedForms.enumerated() {
            let answer = try await server.send("/v1/registrations", token: server.token, form: parts)
            answer.expectProblem(status, code, "form \(number)")
        }
        try await expectNothingRegistered()
    }

    @Test func refusesATruncatedForm() async throws {
        let body = TestPart.form([.file("a"), .field("claim", "{}")])
        for count in 0..<body.count - 2 {
            let answer = try await server.send(
                .post,
                "/v1/registrations",
                token: server.token,
                type: TestPart.formType,
                body: Array(body[..<count])
            )
            #expect(answer.status == .badRequest, "first \(count) bytes")
        }
        try await expectNothingRegistered()
    }

    static let refusedMediaTypes: [(String?, HTTPResponse.Status, String)] = [
        (nil, .unsupportedMediaType, "request.mediaTypeUnsupported"),
        ("text/plain", .unsupportedMediaType, "request.mediaTypeUnsupported"),
        ("multipart/mixed; boundary=b0", .unsupportedMediaType, "request.mediaTypeUnsupported"),
        ("multipart/form-data", .badRequest, "multipart.boundaryInvalid"),
        ("multipart/form-data; boundary=", .unsupportedMediaType, "request.mediaTypeUnsupported"),
        ("multipart/form-data; boundary=\"a;b\"", .badRequest, "multipart.boundaryInvalid"),
    ]

    @Test func refusesMediaTypes() async throws {
        let body = TestPart.form([.file("a")])
        for (type, status, code) in Self.refusedMediaTypes {
            let answer = try await server.send(
                .post,
                "/v1/registrations",
                token: server.token,
                type: type,
                body: body
            )
            answer.expectProblem(status, code, type ?? "none")
        }
    }

    @Test func refusesIdempotencyKeys() async throws {
        for key in ["", "a b", "ü", String(repeating: "k", count: 256)] {
            let answer = try await server.send(
                "/v1/registrations",
                token: server.token,
                headers: [.idempotencyKey: key],
                form: [.file("a")]
            )
            answer.expectProblem(.badRequest, "idempotency.keyInvalid", key)
        }
    }

    @Test func refusesPages() async throws {
        for query in ["limit=0", "limit=101", "limit=x", "after=x", "after=0", "after=0.x", "after=70000.1"] {
            let answer = try await server.send(.get, "/v1/registrations?\(query)", token: server.token)
            answer.expectProblem(.badRequest, "request.invalid", query)
        }
    }

    @Test func refusesAnnouncedLengthsWithoutReading() async throws {
        for (type, path) in [
            (TestPart.formType, "/v1/registrations"), ("application/json", "/v1/registrations"),
            (TestPart.formType, "/v1/searches"), (TestPart.formType, "/v1/verifications"),
            ("application/timestamp-query", "/tsa"),
        ] {
            let answer = try await server.send(
                .post,
                path,
                token: server.token,
                headers: [.contentLength: "2147483648"],
                type: type
            )
            let code = type == TestPart.formType ? "file.tooLarge" : "upload.tooLarge"
            answer.expectProblem(.contentTooLarge, code, path)
            #expect(answer.headers[.connection] == "close")
        }
        let none = try await server.send(.post, "/v1/registrations", token: server.token, type: "application/json")
        none.expectProblem(.lengthRequired, "request.lengthRequired")
    }

    @Test func aClosedStoreRefuses() async throws {
        server.notary.close()
        let answer = try await server.send(.get, "/v1/registrations", token: server.token)
        answer.expectProblem(.serviceUnavailable, "store.failed")
        #expect(answer.headers[.retryAfter] != nil)
        #expect(!answer.text.contains(server.folder))
    }

    private func expectNothingRegistered() async throws {
        let list = try await server.send(.get, "/v1/registrations", token: server.token)
        #expect(list.json["registrations"] == [])
        let checkpoint = try await server.send(.get, "/log/checkpoint")
        #expect(checkpoint.text.split(separator: "\n").dropFirst().first == "0")
    }
}
