import EvidenceStore

/// What the walk over all logs gathers for the comparison with the indexes.
struct AuditWalk {
    var sums = IndexSums()
    var owners: [UInt64] = []
    var accounts: Set<AccountID> = []
    var notices: [IndexRow] = []
    /// Tiles that must be there.
    var tileCount = 0

    mutating func add(_ result: EntryAudit.Result) {
        sums += result.sums
        owners += result.owners
        accounts.formUnion(result.accounts)
        notices += result.notices
    }
}
