import EvidenceStore

/// What the indexes must hold by the entries that were walked, as one sum for each family.
struct IndexSums: Sendable {
    private var sums: [Family: RowSum] = [:]

    subscript(family: Family) -> RowSum { sums[family] ?? RowSum() }

    mutating func add(_ row: IndexRow) { sums[row.family, default: RowSum()].add(key: row.key, value: row.value) }

    static func += (left: inout Self, right: Self) {
        for (family, sum) in right.sums { left.sums[family, default: RowSum()] += sum }
    }
}
