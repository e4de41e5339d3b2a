import FeatureWords

/// A part of the index that never changes.
final class PartialSegment: Sendable {
    let table: PostingTable
    /// By the pictures' numbers in the table.
    let keys: [EntryKey]
    /// Its file, when it has one.
    let number: UInt64?

    init(table: PostingTable, keys: [EntryKey], number: UInt64?) {
        self.table = table
        self.keys = keys
        self.number = number
    }
}
