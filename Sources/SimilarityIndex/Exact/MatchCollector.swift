import Hamming
import Fingerprints

/// Gathers the closest matches of one picture, and counts all.
struct MatchCollector {
    /// Matches beyond the limit are kept until they are so many: then the closest are picked.
    private static let slack = 4096

    private let limit: Int
    private let removed: Set<EntryKey>
    private var matches: [Match] = []
    private var count = 0

    init(limit: Int, without removed: Set<EntryKey>) {
        self.limit = max(0, limit)
        self.removed = removed
    }

    var lookup: Lookup { Lookup(matches: Array(matches.sorted().prefix(limit)), count: count) }

    mutating func add(_ key: EntryKey, distanceBits: Int, orientation: Orientation) {
        guard isThere(key) else { return }
        count += 1
        matches.append(Match(key: key, distanceBits: distanceBits, orientation: orientation))
        if matches.count >= Self.slack, matches.count - Self.slack >= limit { pick() }
    }

    /// A row's match, with all registrations that share it.
    mutating func add(row: Int, of segment: Segment, distanceBits: Int, orientation: Orientation) {
        add(segment.key(ofRow: row), distanceBits: distanceBits, orientation: orientation)
        var listed = 0
        for repeated in segment.repeatedKeys(ofRow: row) where isThere(repeated.key) {
            // In log order and equally close: of more than are asked for, the first ones are picked anyway.
            if listed < limit {
                add(repeated.key, distanceBits: distanceBits, orientation: orientation)
                listed += 1
            } else {
                count += 1
            }
        }
    }

    private func isThere(_ key: EntryKey) -> Bool { removed.isEmpty || !removed.contains(key) }

    private mutating func pick() {
        matches.sort()
        matches.removeLast(matches.count - limit)
    }
}
