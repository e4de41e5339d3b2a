import Bytes
import OpenSSL

/// What accounts say of matches, in rows of their own that are sealed by the master key.
extension Store {
    /// What a remark is about.
    public enum Remark: Sendable {
        /// What an account does not want to see among its matches.
        case ignored
        /// Whether a match was right.
        case feedback

        fileprivate var family: Family { self == .ignored ? .ignored : .feedback }
    }

    /// - Parameter limit: The most remarks of this sort that an account may have.
    /// - Returns: The remark's name, or `nil` when the account has as many already.
    public func add(
        _ remark: Remark,
        _ bytes: [UInt8],
        for account: AccountID,
        now: Int64,
        limit: Int
    ) throws(StoreError) -> AccountRowID? {
        let id = try AccountRowID(now: now)
        let place = Keys.accountRow(account, id)
        let sealed = try StoreError.sealing { () throws(OpenSSLError) in
            try masterKey.key.seal(bytes, authenticating: place)
        }
        return try exclusively { () throws(StoreError) in
            let prefix = Keys.prefix(account)
            let count = try backend.rows(Scan(remark.family, prefix: prefix, limit: limit)).count
            guard count < limit else { return nil }
            var batch = WriteBatch()
            batch.put(sealed, for: place, in: remark.family)
            try backend.commit(batch, durability: .synced)
            return id
        }
    }

    /// Remarks of one account, or of all accounts, oldest first.
    public func remarks(
        _ remark: Remark,
        of account: AccountID?,
        limit: Int
    ) throws(StoreError) -> [(account: AccountID, id: AccountRowID, bytes: [UInt8])] {
        let prefix = account.map { Keys.prefix($0) } ?? []
        return try backend.rows(Scan(remark.family, prefix: prefix, limit: limit))
            .map { (row) throws(StoreError) in
                var key = ByteReader(row.key)
                guard let owner = AccountID(&key), let name = key.read(AccountRowID.byteCount), key.isAtEnd,
                    let id = AccountRowID(name)
                else { throw .malformedRow(in: remark.family) }
                do {
                    return (owner, id, try masterKey.key.open(row.value, authenticating: row.key))
                } catch {
                    throw StoreError(
                        .corrupted,
                        "A row of \(remark.family.rawValue) was changed. Restore it from a store copy.",
                        cause: error
                    )
                }
            }
    }

    /// - Returns: Whether there was such a remark of this account.
    public func remove(_ remark: Remark, _ id: AccountRowID, of account: AccountID) throws(StoreError) -> Bool {
        try exclusively { () throws(StoreError) in
            let place = Keys.accountRow(account, id)
            guard try backend.value(for: place, in: remark.family) != nil else { return false }
            var batch = WriteBatch()
            batch.delete(place, in: remark.family)
            try backend.commit(batch, durability: .synced)
            return true
        }
    }
}
