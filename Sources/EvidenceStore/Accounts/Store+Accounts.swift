extension Store {
    /// Makes an account; its id is the next free one, from 1.
    ///
    /// - Parameter now: Milliseconds since 1970.
    /// - Throws: ``StoreError`` with code `.alreadyExists` when the name is taken, `.invalidArgument` when it is empty.
    public func createAccount(
        name: String,
        originalsPolicy: OriginalsPolicy = .always,
        originalsLimitBytes: UInt64 = Account.defaultOriginalsLimitBytes,
        now: Int64
    ) throws(StoreError) -> Account {
        guard !name.isEmpty else { throw StoreError(.invalidArgument, "An account has a name.") }
        return try exclusively { () throws(StoreError) in
            let accounts = try accounts()
            guard !accounts.contains(where: { $0.name == name }) else {
                throw StoreError(.alreadyExists, "There already is an account of this name.")
            }
            let account = Account(
                id: AccountID((accounts.last?.id.rawValue ?? 0) + 1),
                name: name,
                originalsPolicy: originalsPolicy,
                originalsLimitBytes: originalsLimitBytes,
                created: now
            )
            var batch = WriteBatch()
            batch.put(account.row, for: Keys.prefix(account.id), in: .accounts)
            try backend.commit(batch, durability: .synced)
            return account
        }
    }

    public func account(_ id: AccountID) throws(StoreError) -> Account? {
        let key = Keys.prefix(id)
        return try backend.value(for: key, in: .accounts)
            .map { (value) throws(StoreError) in try Account(Row(key: key, value: value)) }
    }

    /// All accounts in the order they were made.
    public func accounts() throws(StoreError) -> [Account] {
        try backend.rows(Scan(.accounts, limit: .max)).map { (row) throws(StoreError) in try Account(row) }
    }
}
