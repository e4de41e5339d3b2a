import Evidence
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Notary
import Testing

@testable import Server

/// A real notary in a temporary folder, with two accounts, behind the server's two applications.
///
/// There is no decoder behind it: what is registered here is text, and pictures that are refused by their first bytes.
final class TestServer: Sendable {
    let folder: String
    let notary: Notary
    let applications: Applications
    /// Tokens of two accounts.
    let token: String
    let otherToken: String

    /// - Parameter report: What the program that stands in for the verifier prints.
    init(
        report: String = #"{"verdict": "consistent", "checks": []}"#,
        _ configure: (inout ServerConfiguration) -> Void = { _ in },
        notary configureNotary: (inout NotaryConfiguration) -> Void = { _ in }
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "cinnabar-server-\(UUID())").path
        var notaryConfiguration = NotaryConfiguration(dataFolder: folder)
        notaryConfiguration.decoderPath = "/bin/false"
        notaryConfiguration.verifierPath = folder + "/verifier"
        notaryConfiguration.uploadLimitBytes = 20_000
        configureNotary(&notaryConfiguration)
        _ = try Notary.initialize(notaryConfiguration, origin: "log.example.org/test")
        let script = "#!/bin/sh\ncat <<'END'\n\(report)\nEND\n"
        #expect(
            FileManager.default.createFile(
                atPath: folder + "/verifier",
                contents: Data(script.utf8),
                attributes: [.posixPermissions: 0o700]
            )
        )
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        notary = try Notary(notaryConfiguration, logger: logger) { _ in throw CancellationError() }
        _ = try notary.createAccount(named: "other")
        token = try notary.createToken(forAccount: Notary.defaultAccountName, label: "test")
        otherToken = try notary.createToken(forAccount: "other", label: "test")
        var configuration = ServerConfiguration()
        configuration.uploadLimitBytes = 20_000
        configuration.evidenceLimitBytes = 10_000
        // With a suite of a thousand tests beside it, a minute of silence is no sign of a dead client.
        configuration.idleTimeoutSeconds = 600
        configure(&configuration)
        applications = Applications(notary: notary, configuration: configuration, logger: logger)
    }

    deinit {
        notary.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// One request to the main application, without a network.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        token: String? = nil,
        headers: HTTPFields = [:],
        type: String? = nil,
        body: [UInt8]? = nil
    ) async throws -> TestResponse {
        try await Self.send(applications.main, method, path, token: token, headers: headers, type: type, body: body)
    }

    static func send(
        _ application: Application<Dispatcher>,
        _ method: HTTPRequest.Method,
        _ path: String,
        token: String? = nil,
        headers: HTTPFields = [:],
        type: String? = nil,
        body: [UInt8]? = nil
    ) async throws -> TestResponse {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        if let type { headers[.contentType] = type }
        let sent = headers
        return try await application.test(.router) { client in
            try await client.execute(
                uri: path,
                method: method,
                headers: sent,
                body: body.map { ByteBuffer(bytes: $0) }
            )
        }
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        token: String? = nil,
        headers: HTTPFields = [:],
        json: String
    ) async throws -> TestResponse {
        try await send(
            method,
            path,
            token: token,
            headers: headers,
            type: "application/json",
            body: Array(json.utf8)
        )
    }

    func send(
        _ path: String,
        token: String? = nil,
        headers: HTTPFields = [:],
        form parts: [TestPart]
    ) async throws -> TestResponse {
        try await send(
            .post,
            path,
            token: token,
            headers: headers,
            type: TestPart.formType,
            body: TestPart.form(parts)
        )
    }

    /// Registers a text and returns its id.
    func register(_ text: String, token: String) async throws -> String {
        let answer = try await send("/v1/registrations", token: token, form: [.file(text)])
        return try #require(answer.json["id"]?.stringValue)
    }
}

/// A part of a form to send.
struct TestPart {
    var header: String
    var content: String

    static let formType = "multipart/form-data; boundary=b0"

    static func file(_ content: String, type: String = "text/plain", name: String = "contract.txt") -> TestPart {
        TestPart(
            header: "Content-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\nContent-Type: \(type)",
            content: content
        )
    }

    static func field(_ name: String, _ content: String) -> TestPart {
        TestPart(header: "Content-Disposition: form-data; name=\"\(name)\"", content: content)
    }

    static func form(_ parts: [TestPart]) -> [UInt8] {
        Array(parts.map { "--b0\r\n\($0.header)\r\n\r\n\($0.content)\r\n" }.joined().utf8) + Array("--b0--\r\n".utf8)
    }
}

extension TestResponse {
    var bytes: [UInt8] { Array(body.readableBytesView) }
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var json: JSONValue { (try? JSONValue(parsing: bytes)) ?? .null }
    var code: String? { json["code"]?.stringValue }

    /// A problem document of this status and code, with everything that it has to say.
    func expectProblem(
        _ status: HTTPResponse.Status,
        _ code: String,
        _ note: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(self.status == status, "\(note): \(text)", sourceLocation: sourceLocation)
        #expect(self.code == code, "\(note): \(text)", sourceLocation: sourceLocation)
        #expect(headers[.contentType] == "application/problem+json", sourceLocation: sourceLocation)
        #expect(json["status"]?.integerValue == Int64(status.code), sourceLocation: sourceLocation)
        #expect(json["detail"]?.stringValue?.isEmpty == false, sourceLocation: sourceLocation)
        #expect(json["requestId"]?.stringValue == headers[.requestID], sourceLocation: sourceLocation)
    }
}
