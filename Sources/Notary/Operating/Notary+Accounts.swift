import Bytes
public import EvidenceStore
import OpenSSL

extension Notary {
    /// - Throws: ``NotaryError`` with `.accountExists` or `.invalidRequest`.
    public func createAccount(named name: String, keepsOriginals: Bool? = nil) throws -> Account {
        let isPlain = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        guard isPlain, !name.isEmpty, name.utf8.count <= 200 else {
            throw NotaryError(.invalidRequest, "An account's name is 1 to 200 bytes without control characters.")
        }
        let keeps = keepsOriginals ?? configuration.keepsOriginalsByDefault
        do {
            return try store.createAccount(
                name: name,
                originalsPolicy: keeps ? .always : .never,
                now: clock().milliseconds
            )
        } catch {
            guard error.code == .alreadyExists else { throw error }
            throw NotaryError(.accountExists, "There is an account \"\(name)\" already.", cause: error)
        }
    }

    public func accounts() throws -> [Account] { try store.accounts() }

    /// Makes an API token and returns its text: the only time that it is seen.
    public func createToken(forAccount name: String, label: String) throws -> String {
        try store.createToken(for: account(named: name).id, label: label, now: clock().milliseconds)
    }

    public func tokens(ofAccount name: String) throws -> [APIToken] { try store.tokens(of: account(named: name).id) }

    /// - Parameter digestPrefix: The first hex digits of the token's digest, as ``tokens(ofAccount:)`` shows it.
    /// - Returns: Whether exactly one token of the account has them and is revoked now.
    public func revokeToken(ofAccount name: String, digestPrefix: String) throws -> Bool {
        let found = try tokens(ofAccount: name).filter { $0.digest.hex.hasPrefix(digestPrefix) }
        guard digestPrefix.utf8.count >= 8, found.count == 1, let token = found.first else { return false }
        return try store.revokeToken(token.digest, now: clock().milliseconds)
    }

    /// Who a token speaks for; `nil` when it is unknown or revoked.
    public func caller(forToken text: String) throws -> Caller? {
        guard let id = try store.account(forToken: text), let account = try store.account(id) else { return nil }
        return Caller(account: id, name: account.name, authentication: "api token")
    }

    /// Whoever may open the data folder may act for any account in it.
    public func localCaller(account name: String) throws -> Caller {
        Caller(account: try account(named: name).id, name: name, authentication: "local command")
    }

    private func account(named name: String) throws -> Account {
        guard let account = try store.accounts().first(where: { $0.name == name }) else {
            throw NotaryError(
                .unknownAccount,
                "There is no account \"\(name.prefix(200))\". Make it with: cinnabar accounts create"
            )
        }
        return account
    }
}
