/// Rows after another with keys of one lane, ascending: each key is kept as 32 bits above the first one's index.
struct KeyRun: Sendable, Equatable {
    let lane: UInt16
    /// The index that the rows' tags are counted from.
    let base: UInt64
    var firstRow: Int

    func key(tag: UInt32) -> EntryKey { EntryKey(lane: lane, index: base + UInt64(tag)) }
}
