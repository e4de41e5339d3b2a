import Testing

@testable import Fingerprints
@testable import SimilarityIndex

@Suite struct FingerprintIndexTests {
    @Test func findsInEveryOrientation() {
        let picture = randomPicture(seed: 1)
        for orientation in Orientation.allCases {
            let index = FingerprintIndex()
            index.insert(picture[orientation], key: EntryKey(3))
            let found = index.matches(for: picture, limit: 5)
            #expect(found == [Match(key: EntryKey(3), distanceBits: 0, orientation: orientation)])
        }
    }

    @Test func doesNotMatchOnFlatPictures() {
        let index = FingerprintIndex()
        let flat = randomPicture(seed: 2, quality: PDQFingerprint.indexedQualityMinimum - 1)
        index.insert(flat.fingerprint, key: EntryKey(0))
        #expect(index.matches(for: flat, limit: 5).isEmpty)
        let detailed = randomPicture(seed: 2, quality: PDQFingerprint.indexedQualityMinimum)
        #expect(index.matches(for: detailed, limit: 5).count == 1)
    }

    @Test func defaultDistanceIsTheNearCopyLimit() {
        var generator = SeededGenerator(state: 3)
        let picture = randomPicture(seed: 4)
        let index = FingerprintIndex()
        index.insert(
            contentsOf: [31, 32].map { distance in
                (generator.neighbour(of: picture.fingerprint, distanceBits: distance), EntryKey(distance))
            }
        )
        #expect(index.matches(for: picture, limit: 5).map(\.key) == [EntryKey(31)])
        #expect(index.count == 2)
    }

    @Test(arguments: [false, true])
    func removedEntriesAreNotFound(isSealed: Bool) throws {
        let picture = randomPicture(seed: 5)
        let index = FingerprintIndex()
        index.insert(picture.fingerprint, key: EntryKey(1))
        if isSealed { index.seal() }
        #expect(try !index.remove(EntryKey(2)))
        #expect(try index.remove(EntryKey(1)))
        #expect(try !index.remove(EntryKey(1)))
        #expect(index.matches(for: picture, limit: 5).isEmpty)
        #expect(index.count == 0)
    }

    /// Look-ups side by side with batches: each sees all that was inserted before it began.
    @Test func looksUpWhileBatchesComeIn() async {
        let index = FingerprintIndex()
        let picture = randomPicture(seed: 6)
        index.insert(picture.fingerprint, key: EntryKey(0))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                var generator = SeededGenerator(state: 7)
                for batch in 0..<50 {
                    index.insert(contentsOf: (1...200).map { (generator.fingerprint(), EntryKey(batch * 200 + $0)) })
                }
            }
            for _ in 0..<20 {
                group.addTask { #expect(index.matches(for: picture, limit: 5).map(\.key) == [EntryKey(0)]) }
            }
        }
        #expect(index.count == 10_001)
    }

    /// The index has a picture a thousand times: a flood that is said, and costs no more than its limit.
    @Test(arguments: [false, true])
    func floodsAreCountedNotListed(isSealed: Bool) throws {
        let index = FingerprintIndex()
        let picture = randomPicture(seed: 8)
        index.insert(contentsOf: (0..<Lookup.floodLimit).map { (picture.fingerprint, EntryKey($0)) })
        if isSealed { index.seal() }
        let almost = index.lookup(for: picture, limit: 3)
        #expect(almost.count == Lookup.floodLimit && !almost.isFlooded)
        index.insert(picture[.rotate180], key: EntryKey(5000))
        let flooded = index.lookup(for: picture, limit: 3)
        #expect(flooded.count == Lookup.floodLimit + 1 && flooded.isFlooded)
        #expect(flooded.matches.map(\.key) == [EntryKey(0), EntryKey(1), EntryKey(2)])
        for key in [0, 2, 900] { try index.remove(EntryKey(key)) }
        let fewer = index.lookup(for: picture, limit: 2)
        #expect(fewer.count == Lookup.floodLimit - 2 && !fewer.isFlooded)
        #expect(fewer.matches.map(\.key) == [EntryKey(1), EntryKey(3)])
        #expect(index.count == Lookup.floodLimit - 2)
    }

    @Test func aBatchAnswersEachPictureInItsPlace() {
        let index = FingerprintIndex()
        let pictures = (0..<150).map { randomPicture(seed: UInt64($0) * 100, quality: $0 == 3 ? 10 : 90) }
        for (number, picture) in pictures.enumerated() {
            index.insert(picture[Orientation.allCases[number % 8]], key: EntryKey(number))
            if number == 70 { index.seal() }
        }
        let lookups = index.lookups(for: pictures, limit: 2)
        #expect(lookups.count == 150)
        for (number, lookup) in lookups.enumerated() {
            let orientation = Orientation.allCases[number % 8]
            let expected = Match(key: EntryKey(number), distanceBits: 0, orientation: orientation)
            #expect(lookup.matches == (number == 3 ? [] : [expected]))
        }
        #expect(index.lookups(for: [PDQResult](), limit: 1).isEmpty)
    }

    @Test func aScanFindsAnyDistanceAndNoOtherOrientation() {
        let index = FingerprintIndex()
        var generator = SeededGenerator(state: 9)
        let wanted = (0..<3).map { _ in generator.fingerprint() }
        for (number, distance) in [0, 31, 32, 60, 61, 100].enumerated() {
            index.insert(generator.neighbour(of: wanted[1], distanceBits: distance), key: EntryKey(number))
            if number == 2 { index.seal() }
        }
        let found = index.scan(for: wanted, within: 60, limit: 10)
        #expect(found.map(\.count) == [0, 4, 0])
        #expect(found[1].matches.map(\.distanceBits) == [0, 31, 32, 60])
        #expect(found[1].matches.allSatisfy { $0.orientation == .original })
    }
}
