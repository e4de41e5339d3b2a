import AsyncHTTPClient
import Bytes
import Evidence
import Foundation
import NIOCore
import NIOHTTP1

/// A server, over HTTP with an API token.
final class RemoteConnection: NotaryConnection {
    /// Any JSON answer of the API is far below this.
    private static let documentLimitBytes = 16 << 20
    /// An evidence file with its original; the largest upload the API takes is below this.
    private static let evidenceLimitBytes = 2 << 30

    private let address: String
    private let token: String
    private let client: HTTPClient

    /// - Throws: ``CommandError`` with status `.usage` when `server` is no http or https URL.
    init(server: String, token: String) throws {
        guard let url = URL(string: server), url.scheme == "http" || url.scheme == "https", url.host != nil else {
            throw CommandError(
                "server.invalid",
                "\(server) is not an http or https URL.",
                advice: "Write it as http://127.0.0.1:8080.",
                status: .usage
            )
        }
        address = server.hasSuffix("/") ? String(server.dropLast()) : server
        self.token = token
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        // Decoding, sequencing and the synced write are done within seconds; a minute is a server in trouble.
        configuration.timeout.read = .seconds(60)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func close() async { try? await client.shutdown() }

    func register(
        _ file: any FileContent,
        _ form: RegistrationForm,
        progress: @escaping ByteProgress
    ) async throws -> JSONValue {
        let parents = JSONValue.array(form.parents.map(JSONValue.string))
        var fields = [
            MultipartBody.Field(name: "claim", bytes: form.claim.json.encoded(.compact)),
            MultipartBody.Field(name: "parents", bytes: parents.encoded(.compact)),
        ]
        if form.isImport {
            fields.append(MultipartBody.Field(name: "channel", mediaType: "text/plain", bytes: Array("import".utf8)))
        }
        return try await post("/v1/registrations", fields, file, form, progress)
    }

    func register(_ digests: FileDigests, _ form: RegistrationForm) async throws -> JSONValue {
        var members: [String: JSONValue] = [
            "digests": ["sha256": .string(digests.sha256.hex), "sm3": .string(digests.sm3.hex)],
            "sizeBytes": .integer(digests.sizeBytes),
            "claim": form.claim.json,
            "parents": .array(form.parents.map(JSONValue.string)),
        ]
        members["mediaType"] = form.mediaType.map(JSONValue.string)
        var request = self.request(.POST, "/v1/registrations")
        request.headers.add(name: "Content-Type", value: "application/json")
        if let key = form.idempotencyKey { request.headers.add(name: "Idempotency-Key", value: key) }
        request.body = .bytes(JSONValue.object(members).encoded(.compact))
        return try await document(request)
    }

    func search(_ file: any FileContent, mediaType: String?, progress: @escaping ByteProgress) async throws -> JSONValue
    {
        try await post("/v1/searches", [], file, RegistrationForm(mediaType: mediaType), progress)
    }

    func registration(_ id: Digest256) async throws -> JSONValue {
        try await document(request(.GET, "/v1/registrations/\(id.hex)"))
    }

    func evidenceFile(of id: Digest256, includingOriginal: Bool) async throws -> [UInt8] {
        let path = "/v1/registrations/\(id.hex)/evidence" + (includingOriginal ? "?original=true" : "")
        return try await bytes(request(.GET, path), limitBytes: Self.evidenceLimitBytes)
    }

    func trustBundle() async throws -> JSONValue { try await document(request(.GET, "/v1/trust")) }

    func checkpoint() async throws -> [UInt8] {
        try await bytes(request(.GET, "/log/checkpoint"), limitBytes: Self.documentLimitBytes)
    }
}

extension RemoteConnection {
    private func post(
        _ path: String,
        _ fields: [MultipartBody.Field],
        _ file: any FileContent,
        _ form: RegistrationForm,
        _ progress: @escaping ByteProgress
    ) async throws -> JSONValue {
        let body = try MultipartBody(fields: fields, file: file, mediaType: form.mediaType, progress: progress)
        var request = self.request(.POST, path)
        request.headers.add(name: "Content-Type", value: body.contentType)
        if let key = form.idempotencyKey { request.headers.add(name: "Idempotency-Key", value: key) }
        request.body = .stream(body, length: .known(body.sizeBytes))
        return try await document(request)
    }

    private func request(_ method: HTTPMethod, _ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: address + path)
        request.method = method
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        return request
    }

    private func document(_ request: HTTPClientRequest) async throws -> JSONValue {
        let bytes = try await bytes(request, limitBytes: Self.documentLimitBytes)
        guard let document = try? JSONValue(parsing: bytes) else { throw unexpectedAnswer("no JSON") }
        return document
    }

    private func bytes(_ request: HTTPClientRequest, limitBytes: Int) async throws -> [UInt8] {
        let response: HTTPClientResponse
        let body: ByteBuffer
        do {
            // No deadline over all: a file of any size takes as long as it takes; silence has its own limits.
            response = try await client.execute(request, deadline: .distantFuture)
            body = try await response.body.collect(upTo: limitBytes)
        } catch let error as CommandError {
            throw error  // from reading the file that was being sent
        } catch {
            throw CommandError(
                "server.unreachable",
                "The server \(address) does not answer: \(Self.reason(error)).",
                advice: "Check the address and that `cinnabar serve` is running there.",
                status: .environment
            )
        }
        let bytes = Array(body.readableBytesView)
        guard (200..<300).contains(response.status.code) else { throw refusal(response.status, bytes) }
        return bytes
    }

    private func refusal(_ status: HTTPResponseStatus, _ body: [UInt8]) -> CommandError {
        let problem = try? JSONValue(parsing: body)
        guard let code = problem?["code"]?.stringValue else { return unexpectedAnswer("status \(status.code)") }
        let message = problem?["detail"]?.stringValue ?? problem?["title"]?.stringValue ?? "status \(status.code)"
        let advice: String? =
            switch status.code {
            case 401, 403: "Give a token made by `cinnabar tokens create`, in CINNABAR_TOKEN or with --token-file."
            case 429, 503: "Wait a little and try again."
            default: nil
            }
        let isSurroundings = status.code == 401 || status.code == 403 || status.code == 429 || status.code >= 500
        return CommandError(code, message, advice: advice, status: isSurroundings ? .environment : .doesNotHold)
    }

    private func unexpectedAnswer(_ what: String) -> CommandError {
        CommandError(
            "server.unexpectedAnswer",
            "What answers at \(address) does not speak Cinnabar's API (\(what)).",
            advice: "Check the address.",
            status: .environment
        )
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? HTTPClientError else { return "no connection" }
        return switch error {
        case .connectTimeout: "no connection within 10 seconds"
        case .readTimeout: "no answer within a minute"
        case .remoteConnectionClosed: "it closed the connection"
        default: "the connection failed"
        }
    }
}
