public import Evidence
public import EvidenceStore
import Bytes
import OpenSSL

extension Notary {
    /// - Throws: ``NotaryError`` with `.accountExists` or `.invalidRequest`.
    public func createAccount(
        named name: String,
        keepsOriginals: Bool? = nil,
        demanding authorities: [String] = []
    ) throws -> Account {
        let authorities = try checkedAuthorities(authorities)
        let isPlain = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        guard isPlain, !name.isEmpty, name.utf8.count <= 200 else {
            throw NotaryError(.invalidRequest, "An account's name is 1 to 200 bytes without control characters.")
        }
        let keeps = keepsOriginals ?? configuration.keepsOriginalsByDefault
        do throws(StoreError) {
            let account = try store.createAccount(
                name: name,
                originalsPolicy: keeps ? .always : .never,
                now: clock().milliseconds
            )
            // A crash before this line leaves an account that takes any authority: nothing was registered by it yet.
            if !authorities.isEmpty { try store.putDemandedAuthorities(authorities, of: account.id) }
            return account
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

    /// The tokens of one account, or of all of them, revoked ones too.
    public func tokens(account name: String?) throws -> [TokenSummary] {
        let accounts = try name.map { [try account(named: $0)] } ?? store.accounts()
        return try accounts.flatMap { account in
            try store.tokens(of: account.id).map { TokenSummary($0, account: account.name) }
        }
    }

    /// From now on the token opens nothing. What was registered with it stays.
    ///
    /// - Parameter id: As ``TokenSummary`` says it, or more of the token's digest.
    /// - Throws: ``NotaryError`` with `.unknownToken` when no token, or several, begin so.
    public func revokeToken(_ id: String) throws -> TokenSummary {
        let found = try store.accounts().flatMap { account in
            try store.tokens(of: account.id).filter { $0.digest.hex.hasPrefix(id) }.map { (account, $0) }
        }
        // Also when it fails: whether the store has it is then unknown.
        defer { callers.forget() }
        guard id.utf8.count >= 8, found.count == 1, let (account, token) = found.first,
            try store.revokeToken(token.digest, now: clock().milliseconds)
        else { throw NotaryError(.unknownToken, "There is no token \(id.prefix(64)).") }
        var summary = TokenSummary(token, account: account.name)
        summary.isRevoked = true
        return summary
    }

    /// Who a token speaks for; `nil` when it is unknown or revoked.
    public func caller(forToken text: String) throws -> Caller? {
        try callers.caller(forToken: text) {
            guard let id = try store.account(forToken: text), let account = try store.account(id) else { return nil }
            return Caller(account: id, name: account.name, authentication: "api token")
        }
    }

    /// Whoever may open the data folder may act for any account in it.
    public func localCaller(account name: String) throws -> Caller {
        Caller(account: try account(named: name).id, name: name, authentication: "local command")
    }

    func account(named name: String) throws -> Account {
        guard let account = try store.accounts().first(where: { $0.name == name }) else {
            throw NotaryError(
                .unknownAccount,
                "There is no account \"\(name.prefix(200))\". Make it with: cinnabar accounts create"
            )
        }
        return account
    }
}

extension Account {
    public var json: JSONValue {
        ["name": .string(name), "originals": .string(originalsPolicy == .always ? "always" : "never")]
    }
}
