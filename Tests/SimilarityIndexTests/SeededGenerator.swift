@testable import Fingerprints
@testable import SimilarityIndex

/// SplitMix64: every run sees the same numbers.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    mutating func fingerprint() -> PDQFingerprint { PDQFingerprint(words: SIMD4(next(), next(), next(), next())) }

    /// Another fingerprint in exactly this distance.
    mutating func neighbour(of fingerprint: PDQFingerprint, distanceBits: Int) -> PDQFingerprint {
        var words = fingerprint.words
        for bit in (0..<256).shuffled(using: &self).prefix(distanceBits) {
            words[bit / 64] ^= 1 << UInt64(bit % 64)
        }
        return PDQFingerprint(words: words)
    }
}

func picture(_ orientations: [PDQFingerprint], quality: Int = 100) -> PDQResult {
    PDQResult(quality: quality, orientations: orientations, transform: [])
}

func randomPicture(seed: UInt64, quality: Int = 100) -> PDQResult {
    var generator = SeededGenerator(state: seed)
    return picture(Orientation.allCases.map { _ in generator.fingerprint() }, quality: quality)
}

extension EntryKey {
    init(_ index: Int) { self.init(lane: 0, index: UInt64(index)) }
}

/// What the table must answer, the slow way.
func naiveMatches(
    _ entries: [(fingerprint: PDQFingerprint, key: EntryKey)],
    _ orientations: [PDQFingerprint],
    within distanceBits: Int
) -> [Match] {
    var matches: [Match] = []
    for (fingerprint, key) in entries {
        var best = Match(key: key, distanceBits: .max, orientation: .original)
        for (orientation, wanted) in zip(Orientation.allCases, orientations) {
            let difference = fingerprint.words ^ wanted.words
            let distance = (0..<4).reduce(0) { $0 + difference[$1].nonzeroBitCount }
            if distance < best.distanceBits { best = Match(key: key, distanceBits: distance, orientation: orientation) }
        }
        if best.distanceBits <= distanceBits { matches.append(best) }
    }
    return matches.sorted {
        ($0.distanceBits, $0.key.lane, $0.key.index) < ($1.distanceBits, $1.key.lane, $1.key.index)
    }
}
