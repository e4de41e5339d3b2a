import Testing

@testable import Fingerprints
@testable import SimilarityIndex

/// The index against comparing everything, the slow way, through all that can happen to it.
@Suite struct ExactnessTests {
    typealias Entry = (fingerprint: PDQFingerprint, key: EntryKey)

    /// Unrelated entries with neighbours of all eight orientations in every distance to 40.
    private func planted(seed: UInt64, wanted: [PDQFingerprint], unrelated: Int) -> [Entry] {
        var generator = SeededGenerator(state: seed)
        var fingerprints = (0..<unrelated).map { _ in generator.fingerprint() }
        for original in wanted {
            for distance in 0...40 { fingerprints.append(generator.neighbour(of: original, distanceBits: distance)) }
        }
        fingerprints.shuffle(using: &generator)
        return fingerprints.enumerated().map { ($1, EntryKey($0)) }
    }

    @Test(arguments: [0, 1, 20, 31, 32, 40, 90, 128])
    func findsWhatAFullScanFinds(within distanceBits: Int) {
        let seed = UInt64(distanceBits) + 1000
        let wanted = randomPicture(seed: seed)
        let entries = planted(seed: seed + 1, wanted: wanted.orientations, unrelated: 1000)
        let expected = naiveMatches(entries, wanted.orientations, within: distanceBits)
        #expect(expected.count >= 8 * min(distanceBits + 1, 41))
        for sealedParts in [0, 3] {
            let index = FingerprintIndex()
            for (number, entry) in entries.enumerated() {
                index.insert(contentsOf: [entry])
                if sealedParts > 0, number % (entries.count / sealedParts) == 0 { index.seal() }
            }
            #expect(index.matches(for: wanted, within: distanceBits, limit: .max) == expected, "seed \(seed)")
        }
    }

    @Test func keepsTheClosestUpToTheLimit() {
        let wanted = randomPicture(seed: 4)
        let entries = planted(seed: 5, wanted: wanted.orientations, unrelated: 100)
        let all = naiveMatches(entries, wanted.orientations, within: 31)
        let index = FingerprintIndex()
        index.insert(contentsOf: entries.prefix(300))
        index.seal()
        index.insert(contentsOf: entries.dropFirst(300))
        for limit in [1, 9, all.count - 1, all.count, all.count + 1] {
            #expect(index.matches(for: wanted, within: 31, limit: limit) == Array(all.prefix(limit)))
        }
        #expect(index.matches(for: wanted, within: 31, limit: 0).isEmpty)
        #expect(index.matches(for: wanted, within: 31, limit: -1).isEmpty)
        #expect(index.matches(for: wanted, within: -1, limit: 10).isEmpty)
    }

    @Test(arguments: [false, true])
    func answersTiesInLogOrderAndWithTheFirstOrientation(isSealed: Bool) {
        let same = randomPicture(seed: 6).fingerprint
        let keys = [EntryKey(lane: 1, index: 0), EntryKey(lane: 0, index: 9), EntryKey(lane: 0, index: 2)]
        let index = FingerprintIndex()
        index.insert(contentsOf: keys.map { (same, $0) })
        if isSealed { index.seal() }
        let found = index.matches(for: picture(Array(repeating: same, count: 8)), within: 0, limit: 10)
        #expect(found.map(\.key) == [keys[2], keys[1], keys[0]])
        #expect(found.allSatisfy { $0.orientation == .original })
    }

    @Test func anEmptyIndexFindsNothing() {
        let index = FingerprintIndex()
        index.seal()
        index.compact()
        #expect(index.matches(for: randomPicture(seed: 1), within: 256, limit: 10).isEmpty)
        #expect(index.count == 0 && index.byteCount == 0)
    }

    /// Insertions in several lanes with repeated fingerprints, removals, seals and merges in any order; after each, the
    /// index answers as a list would.
    @Test(arguments: 0..<6)
    func answersAsAListWould(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let index = FingerprintIndex()
        var entries: [Entry] = []
        var next: [UInt16: UInt64] = [:]
        let wanted = (0..<3).map { randomPicture(seed: seed * 10 + $0) }
        for step in 0..<60 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<6:
                let batch = (0..<Int.random(in: 1...120, using: &generator)).map { _ -> Entry in
                    let lane = UInt16.random(in: 0..<3, using: &generator)
                    // Entries without a fingerprint leave gaps; some are so far apart that 32 bits do not hold it.
                    let gap: UInt64 = Int.random(in: 0..<50, using: &generator) == 0 ? 5_000_000_000 : 3
                    let key = EntryKey(lane: lane, index: next[lane, default: 0])
                    next[lane, default: 0] += .random(in: 1...gap, using: &generator)
                    let near = wanted[Int.random(in: 0..<3, using: &generator)].orientations
                        .randomElement(using: &generator)!
                    return switch Int.random(in: 0..<4, using: &generator) {
                    case 0: (generator.neighbour(of: near, distanceBits: .random(in: 0...36, using: &generator)), key)
                    case 1: (entries.randomElement(using: &generator)?.fingerprint ?? near, key)
                    default: (generator.fingerprint(), key)
                    }
                }
                entries += batch
                index.insert(contentsOf: batch)
            case 6:
                for _ in 0..<20 where !entries.isEmpty {
                    let entry = entries.remove(at: .random(in: entries.indices, using: &generator))
                    #expect(try index.remove(entry.key), "seed \(seed), step \(step)")
                }
            case 7, 8: index.seal()
            default: Bool.random(using: &generator) ? index.settle() : index.compact()
            }
            #expect(index.count == entries.count, "seed \(seed), step \(step)")
            for picture in wanted where step % 6 == 5 {
                let found = index.lookup(for: picture, limit: .max)
                let expected = naiveMatches(entries, picture.orientations, within: 31)
                #expect(found.matches == expected, "seed \(seed), step \(step)")
                #expect(found.count == expected.count, "seed \(seed), step \(step)")
            }
        }
    }

    /// Enough to be sealed and merged in the background while look-ups go on.
    @Test func staysExactWhileSegmentsAreMade() throws {
        let index = FingerprintIndex()
        let wanted = randomPicture(seed: 20)
        var generator = SeededGenerator(state: 21)
        var expected: [EntryKey] = []
        for batch in 0..<60 {
            var entries: [Entry] = (0..<1000).map { (generator.fingerprint(), EntryKey(batch * 1000 + $0)) }
            let orientation = Orientation.allCases[batch % 8]
            entries[batch].fingerprint = generator.neighbour(of: wanted[orientation], distanceBits: 31)
            expected.append(entries[batch].key)
            index.insert(contentsOf: entries)
            #expect(index.matches(for: wanted, limit: 100).map(\.key) == expected)
        }
        index.settle()
        #expect(index.matches(for: wanted, limit: 100).map(\.key) == expected)
        index.compact()
        #expect(index.matches(for: wanted, limit: 100).map(\.key) == expected)
        #expect(index.count == 60_000)
        #expect(index.byteCount <= 140 * 60_000)
    }
}
