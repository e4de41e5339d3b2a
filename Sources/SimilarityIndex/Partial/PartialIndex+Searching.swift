public import Fingerprints
import Synchronization

extension PartialIndex {
    /// Features of the index that are compared with one reading's: what bounds the time of a look-up, whatever the
    /// size of the index. In a small index it lasts for all words of all features, in a large one for the nearest.
    private static let plainBudget = 3 << 20
    /// Mirrored and inverted copies are rarer, and mostly whole.
    private static let otherBudget = 3 << 19

    /// Registered pictures that may share parts with the one looked for, most likely first: for verification to judge.
    ///
    /// - Returns: At most `limit`, each key once with its best reading.
    public func candidates(for query: QuerySketch, limit: Int) -> [Candidate] {
        guard limit > 0 else { return [] }
        let snapshot = state.withLock { $0 }
        guard snapshot.count > 0 else { return [] }
        var best: [EntryKey: Candidate] = [:]
        for reading in QuerySketch.Reading.allCases {
            guard let features = query.readings[reading], !features.features.isEmpty else { continue }
            let budget = reading == .plain ? Self.plainBudget : Self.otherBudget
            // Those erased are still in the segments.
            let found = ReadingSearch(features).best(
                in: snapshot,
                budget: budget,
                limit: limit + snapshot.removed.count
            )
            for (number, score) in found {
                let key = snapshot.key(ofPicture: number)
                guard !snapshot.removed.contains(key), score > best[key]?.score ?? 0 else { continue }
                best[key] = Candidate(key: key, reading: reading, score: score)
            }
        }
        let sorted = best.values.sorted { ($1.score, $0.key) < ($0.score, $1.key) }
        return Array(sorted.prefix(limit))
    }
}
