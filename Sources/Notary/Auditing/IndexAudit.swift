import Bytes
import EvidenceStore
import MerkleLog

/// Compares every index with the records and entries that it was made of, in both directions: no row without what it
/// speaks of, nothing without its row.
///
/// Each family is read once, in its order, and summed up; only where a sum differs are rows looked at one by one.
struct IndexAudit {
    /// Those that follow from the entries row by row.
    private static let summed: [Family] = [
        .positions, .digests, .accountRecords, .fingerprints, .notices, .laneCheckpoints, .originals,
    ]
    private static let pageSize = 4096
    /// Chunks of originals are a mebibyte each.
    private static let originalPageSize = 8
    /// Sketches are 24 kB each, texts up to some megabytes.
    private static let derivedPageSize = 64

    let store: Store
    let walk: AuditWalk
    let pace: AuditPace

    /// - Returns: Families whose rows are not those that the entries call for.
    func check(_ report: inout AuditReport) throws -> Set<Family> {
        let sums = try pace.map(Self.summed.count) { try sum(Self.summed[$0]) }
        var expected = walk.sums
        for row in try noticePositions() { expected.add(row) }
        var differing: Set<Family> = []
        for (family, sum) in zip(Self.summed, sums) {
            report.indexRows += sum.count
            if sum != expected[family] { differing.insert(family) }
        }
        try checkDerived(&report)
        try checkIdempotency(&report)
        try checkAccounts(&report)
        return differing
    }

    func forEachRow(of family: Family, _ body: (Row) throws -> Void) throws {
        let limit =
            switch family {
            case .originals: Self.originalPageSize
            case .derived: Self.derivedPageSize
            default: Self.pageSize
            }
        var last: [UInt8]?
        while true {
            let rows = try store.rows(of: family, after: last, limit: limit)
            try pace.pause(rows.count)
            for row in rows { try body(row) }
            guard rows.count == limit, let key = rows.last?.key else { return }
            last = key
        }
    }

    private func sum(_ family: Family) throws -> RowSum {
        var sum = RowSum()
        try forEachRow(of: family) { row in
            if family == .originals {
                if try !store.isOfPendingOriginal(row) { sum.add(key: row.key, value: []) }
            } else {
                sum.add(key: row.key, value: row.value)
            }
        }
        return sum
    }

    /// A notice that several lanes hold in the same bytes has one id, which leads to one of them.
    private func noticePositions() throws -> [IndexRow] {
        let places = Dictionary(grouping: walk.notices, by: \.key)
        return try places.values.compactMap { rows in try rows.first { try store.holds($0) } ?? rows.first }
    }

    /// Which of them a record has does not stand in it, so only the row is judged: it must open under its record's key.
    private func checkDerived(_ report: inout AuditReport) throws {
        try forEachRow(of: .derived) { row in
            report.indexRows += 1
            if try !store.isOfRecord(derived: row) {
                report.find("A row of derived (\(row.key.count) bytes of key) belongs to no record, or does not open.")
            }
        }
    }

    /// What an idempotency key was for does not stand in the record, so only the row is judged: it must name a
    /// registration of its own account.
    private func checkIdempotency(_ report: inout AuditReport) throws {
        let owners = walk.owners.sorted()
        try forEachRow(of: .idempotency) { row in
            report.indexRows += 1
            guard let (account, id) = store.idempotency(row) else {
                report.find("A row of idempotency has not the layout of its family.")
                return
            }
            if !owners.holds(EntryAudit.owner(id, account)) {
                report.find("An idempotency key of account \(account) names \(id), which is no registration of it.")
            }
        }
    }

    private func checkAccounts(_ report: inout AuditReport) throws {
        let accounts = Set(try store.accounts().map(\.id))
        for account in walk.accounts.subtracting(accounts).sorted(by: { $0.rawValue < $1.rawValue }) {
            report.find("There are records of account \(account), and no such account.")
        }
        try forEachRow(of: .tokens) { row in
            guard let account = store.account(ofToken: row) else {
                report.find("A row of tokens has not the layout of its family.")
                return
            }
            if !accounts.contains(account) { report.find("A token is of account \(account), which is not there.") }
        }
    }
}

extension [UInt64] {
    /// Whether a sorted array has the number.
    fileprivate func holds(_ number: UInt64) -> Bool {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < endIndex && self[low] == number
    }
}
