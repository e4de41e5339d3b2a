public import Bytes
import OpenSSL

extension Store {
    /// Makes a token for an account and returns its text, `cin_` and 64 hexadecimal digits: the only time it is seen.
    ///
    /// - Throws: ``StoreError`` with code `.invalidArgument` when there is no such account.
    public func createToken(for account: AccountID, label: String, now: Int64) throws(StoreError) -> String {
        guard try self.account(account) != nil else {
            throw StoreError(.invalidArgument, "There is no account \(account).")
        }
        let text: String
        do {
            text = "cin_" + Hex.encode(try SecureRandom.bytes(32))
        } catch {
            throw StoreError(.cryptography, "No random bytes for a token.", cause: error)
        }
        let digest = Self.digest(ofToken: text)
        try put(APIToken(digest: digest, account: account, label: label, created: now, revoked: nil))
        return text
    }

    /// Whose token this is; `nil` when it is unknown or revoked.
    ///
    /// One look-up by the token's digest: how long it takes says nothing about tokens that exist.
    public func account(forToken text: String) throws(StoreError) -> AccountID? {
        guard let token = try token(Self.digest(ofToken: text)), token.revoked == nil else { return nil }
        return token.account
    }

    /// All tokens of an account, revoked ones too. Walks every token of the store.
    public func tokens(of account: AccountID) throws(StoreError) -> [APIToken] {
        try backend.rows(Scan(.tokens, limit: .max))
            .map { (row) throws(StoreError) in try APIToken(row) }
            .filter { $0.account == account }
    }

    /// - Returns: Whether there was such a token. Revoking twice keeps the first time.
    public func revokeToken(_ digest: Digest256, now: Int64) throws(StoreError) -> Bool {
        try exclusively { () throws(StoreError) in
            guard let token = try token(digest) else { return false }
            try put(
                APIToken(
                    digest: digest,
                    account: token.account,
                    label: token.label,
                    created: token.created,
                    revoked: token.revoked ?? now
                )
            )
            return true
        }
    }

    private static func digest(ofToken text: String) -> Digest256 { SHA256.digest(of: Array(text.utf8)) }

    private func token(_ digest: Digest256) throws(StoreError) -> APIToken? {
        try backend.value(for: digest.bytes, in: .tokens)
            .map { (value) throws(StoreError) in try APIToken(Row(key: digest.bytes, value: value)) }
    }

    private func put(_ token: APIToken) throws(StoreError) {
        var batch = WriteBatch()
        batch.put(token.row, for: token.digest.bytes, in: .tokens)
        try backend.commit(batch, durability: .synced)
    }
}
