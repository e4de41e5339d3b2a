/// How one contract differs from another, clause by clause.
public struct ClauseComparison: Sendable, Equatable {
    /// Changes that are given: a reader of more has two different contracts before them.
    public static let changeLimit = 100
    /// From this share of common characters on, two clauses in the same place are one clause that was changed.
    private static let sameClauseShare = 0.4
    /// Clauses between two common ones of which every pair is tried.
    private static let gapLimit = 40

    /// Clauses that both texts have.
    public let unchangedCount: Int
    /// In the order of the texts, at most ``changeLimit``.
    public let changes: [ClauseChange]
    /// Changes in all.
    public let changeCount: Int
    /// The share of characters that both texts have in common, 0 to 1.
    public let similarity: Double

    /// - Parameters:
    ///   - registered: The earlier text.
    ///   - found: The text looked for.
    public init(registered: String, found: String) {
        let old = ClauseSplitter.clauses(of: registered)
        let new = ClauseSplitter.clauses(of: found)
        var unchanged = 0
        var changes: [ClauseChange] = []
        var common = 0
        var done = (old: 0, new: 0)
        let ends = [(first: old.count, second: new.count)]
        for pair in SequenceAlignment.pairs(old.map(\.key), new.map(\.key)) + ends {
            let gap = Self.changes(
                Array(old[done.old..<pair.first]),
                Array(new[done.new..<pair.second]),
                &unchanged,
                &common
            )
            changes += gap
            done = (pair.first + 1, pair.second + 1)
            if pair.first < old.count {
                unchanged += 1
                common += old[pair.first].key.count
            }
        }
        unchangedCount = unchanged
        changeCount = changes.count
        self.changes = Array(changes.prefix(Self.changeLimit))
        let characters = old.reduce(0) { $0 + $1.key.count } + new.reduce(0) { $0 + $1.key.count }
        similarity = characters == 0 ? 1 : Double(2 * common) / Double(characters)
    }

    /// What became of clauses between two that both texts have.
    private static func changes(
        _ old: [Clause],
        _ new: [Clause],
        _ unchanged: inout Int,
        _ common: inout Int
    ) -> [ClauseChange] {
        // The same characters, cut into clauses at other places: nothing changed.
        let keys = (old.flatMap(\.key), new.flatMap(\.key))
        if keys.0 == keys.1 {
            unchanged += new.count
            common += keys.0.count
            return []
        }
        var changes: [ClauseChange] = []
        var next = 0
        for clause in old {
            let candidates = next..<min(new.count, next + gapLimit)
            let shares = candidates.map { CharacterComparison.share(clause, new[$0]) }
            if let best = shares.indices.max(by: { shares[$0] < shares[$1] }), shares[best] >= sameClauseShare {
                let match = new[next + best]
                changes += new[next..<next + best].map(added)
                let comparison = CharacterComparison(registered: clause.text, found: match.text)
                changes.append(
                    ClauseChange(
                        kind: .changed,
                        heading: match.heading,
                        registered: clause.text,
                        found: match.text,
                        pieces: comparison.pieces
                    )
                )
                common += comparison.commonCount
                next += best + 1
            } else {
                changes.append(
                    ClauseChange(
                        kind: .removed,
                        heading: clause.heading,
                        registered: clause.text,
                        found: nil,
                        pieces: []
                    )
                )
            }
        }
        return changes + new[next...].map(added)
    }

    private static func added(_ clause: Clause) -> ClauseChange {
        ClauseChange(kind: .added, heading: clause.heading, registered: nil, found: clause.text, pieces: [])
    }
}
