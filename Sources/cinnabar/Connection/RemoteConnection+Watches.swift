import AsyncHTTPClient
import Bytes
import Evidence
import NIOHTTP1

extension RemoteConnection {
    func createWatch(_ order: WatchOrder) async throws -> JSONValue {
        try await client.document(client.request(.POST, "/v1/watches", json: order.json))
    }

    func watches() async throws -> JSONValue { try await client.document(client.request(.GET, "/v1/watches")) }

    func deleteWatch(_ id: String) async throws {
        _ = try await client.bytes(client.request(.DELETE, "/v1/watches/\(id)"), limitBytes: 1 << 16)
    }

    func hasSeen(_ sha256: Digest256, watch id: String) async throws -> Bool {
        let answer = try await client.document(client.request(.GET, "/v1/watches/\(id)/pictures/\(sha256.hex)"))
        return answer["seen"]?.boolValue == true
    }

    func show(_ file: any FileContent, reference: String, to id: String) async throws -> JSONValue {
        let field = MultipartBody.Field(name: "reference", mediaType: "text/plain", bytes: Array(reference.utf8))
        return try await post("/v1/watches/\(id)/pictures", [field], file, RegistrationForm()) { _ in }
    }

    func hits(of id: String, after number: UInt64?) async throws -> JSONValue {
        let query = "?limit=1000" + (number.map { "&after=\($0)" } ?? "")
        return try await client.document(client.request(.GET, "/v1/watches/\(id)/hits" + query))
    }
}
