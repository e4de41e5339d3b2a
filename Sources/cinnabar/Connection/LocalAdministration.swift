import Bytes
import Evidence
import MerkleLog
import Notary

/// Administration of a data folder that is open in this process.
struct LocalAdministration: Administration {
    let notary: Notary

    func createAccount(
        named name: String,
        keepsOriginals: Bool?,
        demanding authorities: [String]
    ) async throws -> JSONValue {
        try notary.json(
            of: notary.createAccount(named: name, keepsOriginals: keepsOriginals, demanding: authorities)
        )
    }

    func demandAuthorities(_ names: [String], ofAccount account: String) async throws -> JSONValue {
        try notary.demandAuthorities(names, ofAccount: account)
    }

    func accounts() async throws -> JSONValue { try notary.accountsDocument() }

    func createToken(forAccount account: String, label: String) async throws -> JSONValue {
        let token = try notary.createToken(forAccount: account, label: label)
        return ["account": .string(account), "label": .string(label), "token": .string(token)]
    }

    func tokens(account: String?) async throws -> JSONValue {
        ["tokens": .array(try notary.tokens(account: account).map(\.json))]
    }

    func revokeToken(_ id: String) async throws -> JSONValue { try notary.revokeToken(id).json }

    func erase(_ id: Digest256, reason: String) async throws -> JSONValue {
        guard try await notary.erase(LeafHash(id), reason: reason) != nil,
            let entry = try notary.publicEntry(LeafHash(id))
        else { throw CommandError.unknownRegistration(id) }
        return entry
    }

    func renew(_ order: RenewalOrder) async throws -> JSONValue { try await notary.renew(order).json }

    func purgeErased() async throws -> Bool { try await notary.purgeErased() }

    func feedback() async throws -> JSONValue { ["feedback": try notary.feedback(for: nil)] }

    func floods() async throws -> JSONValue { ["floods": try notary.floods()] }

    func logKeys() async throws -> JSONValue { notary.logKeys }

    func rotateLogKey(of log: String?) async throws -> JSONValue {
        ["key": .string(try await notary.rotateLogKey(of: log).text)]
    }

    func freeze(next: String?) async throws -> JSONValue { try await notary.freeze(next: next) }

    func anchorStatus(of outsider: String?) async throws -> JSONValue { try notary.anchorStatus(of: outsider) }

    func retryAnchors(of outsider: String?) async throws -> JSONValue {
        try await notary.retryAnchors(of: outsider, waits: true)
    }

    func setAnchorPause(of outsider: String?, isPaused: Bool) async throws -> JSONValue {
        try notary.setAnchorPause(of: outsider, isPaused: isPaused)
    }

    func audit(progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void) async throws -> JSONValue {
        try notary.audit { progress(Int($0.entries), Int($0.total)) }.json
    }

    func copyStore(
        _ request: StoreCopyRequest,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws -> JSONValue {
        try notary.copyStore(request) { progress(Int($0.bytes), Int($0.totalBytes)) }.json
    }

    func close() async { notary.close() }
}
