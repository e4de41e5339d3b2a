public import EvidenceStore
public import Evidence

extension Notary {
    /// Sets which authorities must have stamped a tree that holds a registration of the account before it counts as
    /// timestamped or anchored.
    ///
    /// - Parameter names: Of `timestamps.authorities`; none takes any authority.
    /// - Throws: ``NotaryError`` with `.unknownAccount` or `.invalidRequest`.
    public func demandAuthorities(_ names: [String], ofAccount name: String) throws -> JSONValue {
        let account = try account(named: name)
        try store.putDemandedAuthorities(try checkedAuthorities(names), of: account.id)
        return try json(of: account)
    }

    /// - Throws: ``NotaryError`` with `.invalidRequest` for a name that is not configured.
    func checkedAuthorities(_ names: [String]) throws -> [String] {
        let known = configuration.authorities.map(\.name)
        if let unknown = names.first(where: { !known.contains($0) }) {
            throw NotaryError(
                .invalidRequest,
                "There is no authority \"\(unknown.prefix(200))\" under timestamps.authorities of the configuration."
            )
        }
        return Set(names).sorted()
    }

    /// An account with the authorities that it demands.
    public func json(of account: Account) throws -> JSONValue {
        guard case .object(var members) = account.json else { return account.json }
        members["authorities"] = .array(try store.demandedAuthorities(of: account.id).map { .string($0) })
        return .object(members)
    }

    /// Every account, as ``json(of:)``.
    public func accountsDocument() throws -> JSONValue {
        ["accounts": .array(try accounts().map { try json(of: $0) })]
    }

    /// Of an account's timestamps those by the authorities that it demands, and by our own; all of them while a demanded
    /// one is missing, for any is better than none.
    func chosen(_ timestamps: [StoredTimestamp], for account: AccountID) throws -> [StoredTimestamp] {
        let demanded = try store.demandedAuthorities(of: account)
        guard !demanded.isEmpty, Set(demanded).isSubset(of: timestamps.map(\.authority)) else { return timestamps }
        return timestamps.filter { demanded.contains($0.authority) || $0.authority == Self.selfOperatedName }
    }
}
