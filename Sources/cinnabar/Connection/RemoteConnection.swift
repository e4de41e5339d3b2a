import AsyncHTTPClient
import Bytes
import Evidence
import Foundation
import NIOHTTP1

/// A server, over HTTP: with an API token, or by the control socket of a data folder that it holds.
final class RemoteConnection: NotaryConnection {
    /// An evidence file with its original; the largest upload the API takes is below this.
    private static let evidenceLimitBytes = 2 << 30
    /// A signed note is a few hundred bytes, with many witnesses some thousands.
    private static let checkpointLimitBytes = 1 << 20

    /// A line of a batch is answered by some hundred bytes.
    private static let batchAnswerLimitBytes = 16 << 20

    /// A drawing of the greatest width that nothing compresses.
    private static let overlayLimitBytes = 32 << 20

    let client: APIClient

    init(_ client: APIClient) { self.client = client }

    func close() async { await client.close() }

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
        var request = client.request(.POST, "/v1/registrations", json: .object(members))
        if let key = form.idempotencyKey { request.headers.add(name: "Idempotency-Key", value: key) }
        return try await client.document(request)
    }

    func register(batch lines: [UInt8]) async throws -> [UInt8] {
        var request = client.request(.POST, "/v1/registrations:batch")
        request.headers.add(name: "Content-Type", value: "application/x-ndjson")
        request.body = .bytes(lines)
        return try await client.bytes(request, limitBytes: Self.batchAnswerLimitBytes)
    }

    func search(_ file: any FileContent, mediaType: String?, progress: @escaping ByteProgress) async throws -> JSONValue
    {
        try await post("/v1/searches", [], file, RegistrationForm(mediaType: mediaType), progress)
    }

    func overlay(search: String, match: Int, widthPixels: Int) async throws -> [UInt8] {
        let path = "\(Self.path(search))/matches/\(match)/overlay.png?width=\(widthPixels)"
        return try await client.bytes(client.request(.GET, path), limitBytes: Self.overlayLimitBytes)
    }

    func ignore(_ request: IgnoreRequest) async throws -> JSONValue {
        try await client.document(client.request(.PUT, "/v1/ignored", json: request.json))
    }

    func ignored() async throws -> JSONValue { try await client.document(client.request(.GET, "/v1/ignored")) }

    func stopIgnoring(_ name: String) async throws {
        let request = client.request(.DELETE, "/v1/ignored/" + Self.segment(name))
        _ = try await client.bytes(request, limitBytes: Self.checkpointLimitBytes)
    }

    func giveFeedback(isRight: Bool, note: String?, search: String, match: Int) async throws -> JSONValue {
        let body: JSONValue = [
            "verdict": isRight ? "right" : "wrong", "note": note.map { .string($0) } ?? .null,
        ]
        return try await client.document(
            client.request(.POST, "\(Self.path(search))/matches/\(match)/feedback", json: body)
        )
    }

    func feedback() async throws -> JSONValue { try await client.document(client.request(.GET, "/v1/feedback")) }

    func registration(_ id: Digest256) async throws -> JSONValue {
        try await client.document(client.request(.GET, "/v1/registrations/\(id.hex)"))
    }

    func evidenceFile(of id: Digest256, includingOriginal: Bool) async throws -> [UInt8] {
        let path = "/v1/registrations/\(id.hex)/evidence" + (includingOriginal ? "?original=true" : "")
        return try await client.bytes(client.request(.GET, path), limitBytes: Self.evidenceLimitBytes)
    }

    func trustBundle() async throws -> JSONValue { try await client.document(client.request(.GET, "/v1/trust")) }

    func notices() async throws -> JSONValue { try await client.document(client.request(.GET, "/v1/notices")) }

    func checkpoint() async throws -> [UInt8] {
        try await client.bytes(client.request(.GET, "/log/checkpoint"), limitBytes: Self.checkpointLimitBytes)
    }
}

extension RemoteConnection {
    /// What a person typed, as one segment of a path.
    private static func segment(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    private static func path(_ search: String) -> String { "/v1/searches/" + segment(search) }

    func post(
        _ path: String,
        _ fields: [MultipartBody.Field],
        _ file: any FileContent,
        _ form: RegistrationForm,
        _ progress: @escaping ByteProgress
    ) async throws -> JSONValue {
        let body = try MultipartBody(fields: fields, file: file, mediaType: form.mediaType, progress: progress)
        var request = client.request(.POST, path)
        request.headers.add(name: "Content-Type", value: body.contentType)
        if let key = form.idempotencyKey { request.headers.add(name: "Idempotency-Key", value: key) }
        request.body = .stream(body, length: .known(body.sizeBytes))
        return try await client.document(request)
    }
}
