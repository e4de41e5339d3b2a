import Fingerprints

/// A run of entries, their fingerprints cut in halves: almost every entry is ruled out by its first half alone, since
/// unrelated halves differ in 64 of 128 bits, give or take 6.
struct HammingChunk: Sendable {
    /// Large enough to make copies of the table cheap, small enough to duplicate in some microseconds.
    static let capacity = 4096

    private var heads: [SIMD2<UInt64>] = []
    private var tails: [SIMD2<UInt64>] = []
    private var keys: [EntryKey] = []

    var count: Int { keys.count }
    var isEmpty: Bool { keys.isEmpty }
    var isFull: Bool { keys.count == Self.capacity }

    mutating func append(_ fingerprint: PDQFingerprint, key: EntryKey) {
        heads.append(fingerprint.words.lowHalf)
        tails.append(fingerprint.words.highHalf)
        keys.append(key)
    }

    func position(of key: EntryKey) -> Int? { keys.firstIndex(of: key) }

    mutating func replace(at position: Int, with fingerprint: PDQFingerprint, key: EntryKey) {
        heads[position] = fingerprint.words.lowHalf
        tails[position] = fingerprint.words.highHalf
        keys[position] = key
    }

    mutating func removeLast() -> (fingerprint: PDQFingerprint, key: EntryKey) {
        let words = SIMD4(lowHalf: heads.removeLast(), highHalf: tails.removeLast())
        return (PDQFingerprint(words: words), keys.removeLast())
    }

    /// All orientations share one pass over the heads.
    func appendMatches(for orientations: [PDQFingerprint], within distanceBits: Int, to matches: inout [Match]) {
        let wanted = orientations.map(\.words.lowHalf)
        for position in heads.indices {
            let head = heads[position]
            var closest = Int.max
            for half in wanted { closest = min(closest, Self.distanceBits(head, half)) }
            guard closest <= distanceBits else { continue }
            if let match = match(at: position, orientations), match.distanceBits <= distanceBits {
                matches.append(match)
            }
        }
    }

    private func match(at position: Int, _ orientations: [PDQFingerprint]) -> Match? {
        let fingerprint = PDQFingerprint(words: SIMD4(lowHalf: heads[position], highHalf: tails[position]))
        return zip(orientations, Orientation.allCases)
            .map { wanted, orientation in
                Match(key: keys[position], distanceBits: fingerprint.distanceBits(to: wanted), orientation: orientation)
            }
            .min { $0.distanceBits < $1.distanceBits }
    }

    private static func distanceBits(_ left: SIMD2<UInt64>, _ right: SIMD2<UInt64>) -> Int {
        let difference = left ^ right
        return difference.x.nonzeroBitCount + difference.y.nonzeroBitCount
    }
}
