import Bytes
import Evidence
import NIOHTTP1
import Foundation
import Notary

/// Administration of a running server, by its control socket. The routes are `ControlRoutes` of the server.
struct SocketAdministration: Administration {
    let client: APIClient

    func demandAuthorities(_ names: [String], ofAccount account: String) async throws -> JSONValue {
        let body: JSONValue = ["name": .string(account), "authorities": .string(names.joined(separator: ","))]
        return try await client.document(client.request(.PUT, "/control/accounts/authorities", json: body))
    }

    func createAccount(
        named name: String,
        keepsOriginals: Bool?,
        demanding authorities: [String]
    ) async throws -> JSONValue {
        let body: JSONValue = [
            "name": .string(name), "keepsOriginals": keepsOriginals.map { .bool($0) } ?? .null,
            "authorities": .string(authorities.joined(separator: ",")),
        ]
        return try await client.document(client.request(.POST, "/control/accounts", json: body))
    }

    func accounts() async throws -> JSONValue { try await client.document(client.request(.GET, "/control/accounts")) }

    func createToken(forAccount account: String, label: String) async throws -> JSONValue {
        let body: JSONValue = ["account": .string(account), "label": .string(label)]
        return try await client.document(client.request(.POST, "/control/tokens", json: body))
    }

    func tokens(account: String?) async throws -> JSONValue {
        let query = account.map { "?account=" + Self.escaped($0) } ?? ""
        return try await client.document(client.request(.GET, "/control/tokens" + query))
    }

    func revokeToken(_ id: String) async throws -> JSONValue {
        try await client.document(client.request(.DELETE, "/control/tokens/" + Self.escaped(id)))
    }

    func erase(_ id: Digest256, reason: String) async throws -> JSONValue {
        let body: JSONValue = ["id": .string(id.hex), "reason": .string(reason)]
        return try await client.document(client.request(.POST, "/control/erasures", json: body))
    }

    func renew(_ order: RenewalOrder) async throws -> JSONValue {
        let body: JSONValue = [
            "days": .integer(order.days), "hashTree": .bool(order.isOfHashTree),
            "authority": order.authority.map { .string($0) } ?? .null, "dryRun": .bool(order.isDryRun),
        ]
        return try await client.document(client.request(.POST, "/control/renewals", json: body))
    }

    func purgeErased() async throws -> Bool {
        try await client.document(client.request(.POST, "/control/purges"))["purged"] == true
    }

    func feedback() async throws -> JSONValue { try await client.document(client.request(.GET, "/control/feedback")) }

    func floods() async throws -> JSONValue { try await client.document(client.request(.GET, "/control/floods")) }

    func logKeys() async throws -> JSONValue { try await client.document(client.request(.GET, "/control/keys")) }

    func rotateLogKey(of log: String?) async throws -> JSONValue {
        let body: JSONValue = ["log": log.map { .string($0) } ?? .null]
        return try await client.document(client.request(.POST, "/control/keys", json: body))
    }

    func freeze(next: String?) async throws -> JSONValue {
        let body: JSONValue = ["next": next.map { .string($0) } ?? .null]
        return try await client.document(client.request(.POST, "/control/freezes", json: body))
    }

    func anchorStatus(of outsider: String?) async throws -> JSONValue {
        let query = outsider.map { "?outsider=" + Self.escaped($0) } ?? ""
        return try await client.document(client.request(.GET, "/control/anchors" + query))
    }

    func retryAnchors(of outsider: String?) async throws -> JSONValue { try await anchors("retries", outsider) }

    func setAnchorPause(of outsider: String?, isPaused: Bool) async throws -> JSONValue {
        try await anchors(isPaused ? "pauses" : "resumptions", outsider)
    }

    private func anchors(_ path: String, _ outsider: String?) async throws -> JSONValue {
        let body: JSONValue = ["outsider": outsider.map { .string($0) } ?? .null]
        return try await client.document(client.request(.POST, "/control/anchors/" + path, json: body))
    }

    func audit(progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void) async throws -> JSONValue {
        try await client.result(client.request(.POST, "/control/audits")) { now in
            progress(Int(now["entries"]?.integerValue ?? 0), Int(now["total"]?.integerValue ?? 0))
        }
    }

    func copyStore(
        _ request: StoreCopyRequest,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws -> JSONValue {
        let body: JSONValue = [
            "folder": .string(request.folder),
            "keysFolder": request.keysFolder.map { .string($0) } ?? .null,
            "keptGenerations": request.keptGenerations.map { .integer($0) } ?? .null,
            "bytesPerSecond": request.bytesPerSecond.map { .integer($0) } ?? .null,
        ]
        return try await client.result(client.request(.POST, "/control/copies", json: body)) { now in
            progress(Int(now["bytes"]?.integerValue ?? 0), Int(now["totalBytes"]?.integerValue ?? 0))
        }
    }

    func close() async { await client.close() }

    /// Text as one segment of a path or one value of a query.
    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
