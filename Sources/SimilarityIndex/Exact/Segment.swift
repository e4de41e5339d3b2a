import Hamming

/// Entries that do not change any more: a table of their fingerprints, and their keys.
final class Segment: Sendable {
    let table: HammingTable
    /// By their first rows. Keys ascend over all rows.
    let runs: [KeyRun]
    /// By row, then in log order.
    let repeated: [RepeatedKey]
    /// Of its file; `nil` while it is in memory alone.
    let number: Int?

    init(table: HammingTable, runs: [KeyRun], repeated: [RepeatedKey], number: Int? = nil) {
        self.table = table
        self.runs = runs
        self.repeated = repeated
        self.number = number
    }

    /// Entries, erased ones among them.
    var count: Int { table.count + repeated.count }
    var byteCount: Int { table.byteCount + repeated.count * MemoryLayout<RepeatedKey>.stride }

    func numbered(_ number: Int) -> Segment {
        Segment(table: table, runs: runs, repeated: repeated, number: number)
    }

    func key(ofRow row: Int) -> EntryKey {
        runs[runs.firstPosition { $0.firstRow > row } - 1].key(tag: table.tag(ofRow: row))
    }

    func repeatedKeys(ofRow row: Int) -> ArraySlice<RepeatedKey> {
        guard !repeated.isEmpty else { return [] }
        return repeated[repeated.firstPosition { $0.row >= row }...].prefix { $0.row == row }
    }

    func holds(_ key: EntryKey) -> Bool {
        for (number, run) in runs.enumerated() where run.lane == key.lane && run.base <= key.index {
            let end = number + 1 < runs.count ? runs[number + 1].firstRow : table.count
            guard let tag = UInt32(exactly: key.index - run.base) else { continue }
            let row = (run.firstRow..<end).firstPosition { table.tag(ofRow: $0) >= tag }
            if row < end, table.tag(ofRow: row) == tag { return true }
        }
        return repeated.contains { $0.key == key }
    }
}

extension RandomAccessCollection where Index == Int {
    /// Where the elements begin that a condition holds for; it holds for none before and all after.
    func firstPosition(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
