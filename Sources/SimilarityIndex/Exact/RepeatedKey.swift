/// Another registration of a fingerprint that a segment has already: rows are kept once, however many pictures share
/// them, so that a flood of one picture costs a look-up nothing.
struct RepeatedKey: Sendable, Equatable, Comparable {
    let row: Int
    let key: EntryKey

    static func < (left: Self, right: Self) -> Bool { (left.row, left.key) < (right.row, right.key) }
}
