/// Which segments become one: each look-up goes through all of them, and each merge writes all that it takes anew.
enum MergePlan {
    /// A segment stays as it is until those behind it have an eighth of its entries together: so there are few, each at
    /// least eight times as large as the next, and an entry is written some twenty times on its way to ten million.
    private static let ratio = 8

    /// - Parameter counts: Entries of each segment, oldest first.
    /// - Returns: The first segment of those that are merged, all to the end; `nil` when it is good as it is.
    static func firstMerged(_ counts: [Int]) -> Int? {
        var behind = 0
        var first: Int?
        for segment in counts.indices.reversed() {
            if segment < counts.count - 1, counts[segment] < behind * ratio { first = segment }
            behind += counts[segment]
        }
        return first
    }
}
