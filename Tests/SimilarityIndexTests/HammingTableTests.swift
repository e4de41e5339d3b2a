import Fingerprints
import Testing

@testable import SimilarityIndex

@Suite struct HammingTableTests {
    typealias Entry = (fingerprint: PDQFingerprint, key: EntryKey)

    /// Unrelated entries over a chunk's border, with neighbours of all eight orientations in every distance to 40.
    private func planted(seed: UInt64, wanted: [PDQFingerprint]) -> [Entry] {
        var generator = SeededGenerator(state: seed)
        var fingerprints = (0..<HammingChunk.capacity).map { _ in generator.fingerprint() }
        for original in wanted {
            for distance in 0...40 { fingerprints.append(generator.neighbour(of: original, distanceBits: distance)) }
        }
        fingerprints.shuffle(using: &generator)
        return fingerprints.enumerated().map { ($1, EntryKey($0)) }
    }

    private func table(_ entries: some Sequence<Entry>) -> HammingTable {
        var table = HammingTable()
        for (fingerprint, key) in entries { table.insert(fingerprint, key: key) }
        return table
    }

    private func orientations(seed: UInt64) -> [PDQFingerprint] {
        var generator = SeededGenerator(state: seed)
        return Orientation.allCases.map { _ in generator.fingerprint() }
    }

    @Test(arguments: [0, 1, 20, 31, 32, 40, 90, 128])
    func findsWhatAFullScanFinds(within distanceBits: Int) {
        let seed = UInt64(distanceBits) + 1000
        let wanted = orientations(seed: seed)
        let entries = planted(seed: seed + 1, wanted: wanted)
        let found = table(entries).matches(for: wanted, within: distanceBits, limit: .max)
        #expect(found == naiveMatches(entries, wanted, within: distanceBits), "seed \(seed)")
        #expect(found.count >= 8 * min(distanceBits + 1, 41), "seed \(seed)")
    }

    /// All differing bits may lie in one place: in the half that is looked at first, or in the other.
    @Test(arguments: [0, 64, 128, 192, 225])
    func findsDifferencesThatLieTogether(firstBit: Int) {
        let wanted = orientations(seed: 3)
        var words = wanted[5].words
        for bit in firstBit..<firstBit + 31 { words[bit / 64] ^= 1 << UInt64(bit % 64) }
        let found = table([(PDQFingerprint(words: words), EntryKey(7))]).matches(for: wanted, within: 31, limit: 1)
        #expect(found == [Match(key: EntryKey(7), distanceBits: 31, orientation: .flipHorizontal)])
        #expect(table([(PDQFingerprint(words: words), EntryKey(7))]).matches(for: wanted, within: 30, limit: 1).isEmpty)
    }

    @Test func keepsTheClosestUpToTheLimit() {
        let wanted = orientations(seed: 4)
        let entries = planted(seed: 5, wanted: wanted)
        let all = naiveMatches(entries, wanted, within: 31)
        let table = table(entries)
        for limit in [1, 9, all.count - 1, all.count, all.count + 1] {
            #expect(table.matches(for: wanted, within: 31, limit: limit) == Array(all.prefix(limit)))
        }
        #expect(table.matches(for: wanted, within: 31, limit: 0).isEmpty)
        #expect(table.matches(for: wanted, within: 31, limit: -1).isEmpty)
        #expect(table.matches(for: wanted, within: -1, limit: 10).isEmpty)
    }

    @Test func answersTiesInLogOrderAndWithTheFirstOrientation() {
        let same = orientations(seed: 6)[0]
        let keys = [EntryKey(lane: 1, index: 0), EntryKey(lane: 0, index: 9), EntryKey(lane: 0, index: 2)]
        let found = table(keys.map { (same, $0) })
            .matches(for: Array(repeating: same, count: 8), within: 0, limit: 10)
        #expect(found.map(\.key) == [keys[2], keys[1], keys[0]])
        #expect(found.allSatisfy { $0.orientation == .original })
    }

    @Test func emptyTableFindsNothing() {
        #expect(HammingTable().matches(for: orientations(seed: 1), within: 256, limit: 10).isEmpty)
        #expect(HammingTable().count == 0)
    }

    @Test func removesAcrossChunks() {
        var generator = SeededGenerator(state: 8)
        var entries: [Entry] = (0..<HammingChunk.capacity + 3).map { (generator.fingerprint(), EntryKey($0)) }
        var table = table(entries)
        let wanted = orientations(seed: 9)
        // The first, one in the middle, the very last, then enough to empty the second chunk.
        for index in [0, 2000, HammingChunk.capacity + 2, 1, HammingChunk.capacity - 1] {
            let key = EntryKey(index)
            let answers = [table.remove(key), table.remove(key)]
            #expect(answers == [true, false])
            entries.removeAll { $0.key == key }
            #expect(table.count == entries.count)
        }
        let found = table.matches(for: wanted, within: 256, limit: .max)
        #expect(found == naiveMatches(entries, wanted, within: 256))
        let isRemoved = table.remove(EntryKey(lane: 1, index: 5))
        #expect(!isRemoved)
    }

    @Test func removesTheOnlyEntry() {
        var table = table([(PDQFingerprint(words: .zero), EntryKey(0))])
        let isRemoved = table.remove(EntryKey(0))
        #expect(isRemoved)
        #expect(table.count == 0)
        table.insert(PDQFingerprint(words: .zero), key: EntryKey(1))
        #expect(table.count == 1)
    }

    @Test func copiesDoNotSeeLaterChanges() {
        let wanted = orientations(seed: 10)
        var changed = table([(wanted[0], EntryKey(0))])
        let copy = changed
        changed.insert(wanted[1], key: EntryKey(1))
        let isRemoved = changed.remove(EntryKey(0))
        #expect(isRemoved)
        #expect(copy.matches(for: wanted, within: 0, limit: 10).map(\.key) == [EntryKey(0)])
        #expect(changed.matches(for: wanted, within: 0, limit: 10).map(\.key) == [EntryKey(1)])
    }
}
