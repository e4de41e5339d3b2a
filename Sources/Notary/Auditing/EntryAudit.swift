import Bytes
import Evidence
import EvidenceStore
import MerkleLog

/// Judges the entries of one range of a lane, and its checkpoints' signatures: a piece of work that needs nothing of
/// its neighbours.
struct EntryAudit {
    /// A checkpoint with what its signature says: `nil` when it is not signed by the log's key.
    struct SignedCheckpoint: Sendable {
        let stored: StoredCheckpoint
        let verified: Checkpoint?
    }

    struct Result: Sendable {
        var leaves: [LeafHash] = []
        var checkpoints: [SignedCheckpoint] = []
        var sums = IndexSums()
        /// A hash for each registration's id with its account, which idempotency rows are compared with.
        var owners: [UInt64] = []
        var accounts: Set<AccountID> = []
        /// Notices of several lanes may be the same bytes, and then have one row for all.
        var notices: [IndexRow] = []
        var recordCount: UInt64 = 0
        var originalCount: UInt64 = 0
        var erasedCount: UInt64 = 0
        var findings: [String] = []
    }

    let store: Store
    let lane: LaneID
    let origin: String
    /// `nil` when the store's keys of the log are not the trusted ones: no checkpoint then counts as signed.
    let keys: LogKeys?
    let judge: EntryJudge
    /// Families whose rows are looked up one by one, to name what is missing.
    var lookedUp: Set<Family> = []

    func check(_ range: Range<UInt64>) throws -> Result {
        var result = Result()
        let entries: [AuditedEntry]
        do {
            entries = try store.auditedEntries(in: range, lane: lane)
            for checkpoint in try store.checkpoints(endingIn: range, lane: lane) {
                result.checkpoints.append(signed(checkpoint))
            }
        } catch {
            guard error.code == .corrupted else { throw error }
            result.findings.append("The store does not read at entries \(range): \(error.message)")
            return result
        }
        result.leaves.reserveCapacity(entries.count)
        for entry in entries {
            result.leaves.append(entry.id)
            try add(try judge.judge(entry), of: entry, to: &result)
        }
        return result
    }

    private func add(_ judgement: EntryJudge.Judgement, of entry: AuditedEntry, to result: inout Result) throws {
        result.findings += judgement.findings
        for row in judgement.rows {
            if judgement.kind == .notice && row.family == .positions {
                result.notices.append(row)
            } else {
                result.sums.add(row)
            }
            if lookedUp.contains(row.family), row.family != .originals, try !store.holds(row) {
                result.findings.append(
                    "The row of \(row.family.rawValue) for entry \(entry.position.index) is missing "
                        + "or differs."
                )
            }
        }
        if judgement.kind == .erased { result.erasedCount += 1 }
        if judgement.kind == .record { result.recordCount += 1 }
        if judgement.original != nil { result.originalCount += 1 }
        guard let account = judgement.account else { return }
        result.accounts.insert(account)
        result.owners.append(Self.owner(entry.id, account))
    }

    /// For telling whether an id is a registration of an account without keeping all ids.
    static func owner(_ id: LeafHash, _ account: AccountID) -> UInt64 {
        var hasher = Hasher()
        let words = id.digest.bigEndianWords
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
        hasher.combine(account)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    private func signed(_ checkpoint: StoredCheckpoint) -> SignedCheckpoint {
        let verified = try? keys?.verified(checkpoint.signed).checkpoint
        let isOurs = verified.map { $0.origin == origin && $0.size == checkpoint.size } ?? false
        return SignedCheckpoint(stored: checkpoint, verified: isOurs ? verified : nil)
    }
}
