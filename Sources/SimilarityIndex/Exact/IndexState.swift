/// What an index holds at one moment: a value, so that a look-up keeps what it began with.
struct IndexState: Sendable {
    /// Oldest and largest first.
    var segments: [Segment] = []
    var tail = Tail()
    /// Erased, and still in a segment or the tail.
    var removed: Set<EntryKey> = []
    /// By lane, how far segments reach.
    var reaches: [UInt16: IndexManifest.Reach] = [:]
    private var isSealing = false
    var isMerging = false
    /// A tail of so many entries becomes a segment.
    private var sealedCount = Self.leastSealedCount

    /// Compared one by one in some microseconds.
    static let leastSealedCount = 8192

    var count: Int { segments.reduce(tail.count) { $0 + $1.count } - removed.count }

    func holds(_ key: EntryKey) -> Bool {
        !removed.contains(key) && (tail.holds(key) || segments.contains { $0.holds(key) })
    }

    /// Whether an entry is there from an earlier run of the program, or came twice. Of entries behind the segments'
    /// reach the caller knows.
    func isInSegment(_ key: EntryKey) -> Bool {
        guard let reach = reaches[key.lane], key.index < reach.next else { return false }
        return segments.contains { $0.holds(key) }
    }

    /// Puts a segment in the place of others and of the tail's beginning.
    ///
    /// - Parameters:
    ///   - segment: `nil` when nothing is left of them.
    ///   - replaced: Lie side by side; none for entries of the tail alone, which come last.
    mutating func put(_ segment: Segment?, insteadOf replaced: [Segment], dropped: Set<EntryKey>) {
        let place = segments.firstIndex { one in replaced.contains { $0 === one } } ?? segments.count
        segments.removeAll { one in replaced.contains { $0 === one } }
        if let segment { segments.insert(segment, at: place) }
        removed.subtract(dropped)
    }

    /// - Returns: Whether the caller is the one to make a segment of the tail.
    mutating func startsSealing() -> Bool {
        guard !isSealing, tail.count >= sealedCount else { return false }
        isSealing = true
        return true
    }

    /// - Parameter isDone: If not, the next try waits until the tail is twice as long.
    mutating func endSealing(isDone: Bool) {
        isSealing = false
        sealedCount = isDone ? Self.leastSealedCount : max(Self.leastSealedCount, 2 * tail.count)
    }

    /// - Returns: Whether the caller is the one to merge segments.
    mutating func startsMerging() -> Bool {
        guard !isMerging, MergePlan.firstMerged(segments.map(\.count)) != nil else { return false }
        isMerging = true
        return true
    }

    /// - Returns: The segments to merge; none when all is good, and then merging has ended.
    mutating func nextMerged() -> [Segment] {
        guard let first = MergePlan.firstMerged(segments.map(\.count)) else {
            isMerging = false
            return []
        }
        return Array(segments[first...])
    }
}
