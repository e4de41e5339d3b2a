import Testing

@testable import Fingerprints
@testable import SimilarityIndex

@Suite struct FingerprintIndexTests {
    private func picture(_ orientations: [PDQFingerprint], quality: Int = 100) -> PDQResult {
        PDQResult(quality: quality, orientations: orientations, transform: [])
    }

    private func randomPicture(seed: UInt64, quality: Int = 100) -> PDQResult {
        var generator = SeededGenerator(state: seed)
        return picture(Orientation.allCases.map { _ in generator.fingerprint() }, quality: quality)
    }

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

    @Test func removedEntriesAreNotFound() {
        let picture = randomPicture(seed: 5)
        let index = FingerprintIndex()
        index.insert(picture.fingerprint, key: EntryKey(1))
        #expect(!index.remove(EntryKey(2)))
        #expect(index.remove(EntryKey(1)))
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
}
