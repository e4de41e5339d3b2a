import Bytes

/// Which timestamp authorities an account demands.
extension Store {
    /// Names are short, and an account that demanded more would never be served.
    public static let demandedAuthorityLimit = 16

    /// Keeps the names of the authorities that must have stamped before the account's registrations count as timestamped;
    /// none takes any.
    ///
    /// - Throws: ``StoreError`` with code `.invalidArgument` for too many names, or one that is empty or holds a newline.
    public func putDemandedAuthorities(_ names: [String], of account: AccountID) throws(StoreError) {
        guard names.count <= Self.demandedAuthorityLimit,
            names.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 255 && !$0.utf8.contains(0x0A) })
        else {
            throw StoreError(
                .invalidArgument,
                "An account demands at most \(Self.demandedAuthorityLimit) authorities, each by a name of one line."
            )
        }
        var batch = WriteBatch()
        let key = Keys.prefix(account)
        batch.put(Array(names.joined(separator: "\n").utf8), for: key, in: .accountAuthorities)
        try backend.commit(batch, durability: .synced)
    }

    /// The names, sorted; none when the account takes any.
    public func demandedAuthorities(of account: AccountID) throws(StoreError) -> [String] {
        guard let value = try backend.value(for: Keys.prefix(account), in: .accountAuthorities) else { return [] }
        guard let text = String(validating: value, as: UTF8.self) else {
            throw .malformedRow(in: .accountAuthorities)
        }
        return text.split(separator: "\n").map(String.init)
    }
}
