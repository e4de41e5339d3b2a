import Fingerprints
import Testing

@testable import SimilarityIndex

@Suite struct PartialIndexTests {
    private static let pictureCount = 300

    private static func filled(_ synthetic: inout SyntheticFeatures, sealed: Bool) -> (PartialIndex, [LocalFeatures]) {
        let index = PartialIndex()
        let pictures = (0..<pictureCount).map { _ in synthetic.picture() }
        for (number, picture) in pictures.enumerated() { index.insert(picture, key: EntryKey(number)) }
        if sealed { index.seal() }
        return (index, pictures)
    }

    @Test(arguments: [false, true])
    func aTurnedAndScaledPartIsFoundFirst(sealed: Bool) {
        var synthetic = SyntheticFeatures(seed: 41)
        let (index, pictures) = Self.filled(&synthetic, sealed: sealed)
        #expect(index.count == Self.pictureCount)
        for number in stride(from: 0, to: Self.pictureCount, by: 17) {
            let turn = Double(number % 256)
            let part = synthetic.copy(of: pictures[number], count: 60, levels: number % 5 - 2, turn: turn)
            let page = part + synthetic.picture(count: 600, width: 1280, height: 1280).features
            let candidates = index.candidates(for: synthetic.query(page), limit: 10)
            #expect(candidates.first?.key == EntryKey(number), "picture \(number)")
            #expect(candidates.first?.reading == .plain)
            #expect(candidates.count <= 10)
            #expect(zip(candidates, candidates.dropFirst()).allSatisfy { $0.score >= $1.score })
        }
    }

    /// As many features, but each somewhere else: they agree with nothing.
    @Test func scatteredFeaturesComeBehindAPart() throws {
        var synthetic = SyntheticFeatures(seed: 42)
        let (index, pictures) = Self.filled(&synthetic, sealed: true)
        let scattered = synthetic.copy(of: pictures[3], count: 100).map { feature in
            LocalFeature(
                x: UInt16.random(in: 0..<10_000, using: &synthetic.generator),
                y: UInt16.random(in: 0..<10_000, using: &synthetic.generator),
                level: feature.level,
                angle: UInt8.random(in: 0...255, using: &synthetic.generator),
                descriptor: feature.descriptor
            )
        }
        let part = synthetic.copy(of: pictures[5], count: 40)
        let candidates = index.candidates(for: synthetic.query(scattered + part), limit: 10)
        #expect(candidates.first?.key == EntryKey(5))
        let other = candidates.first { $0.key == EntryKey(3) }
        #expect(try #require(candidates.first).score > 3 * (other?.score ?? 0))
    }

    @Test func theBestReadingIsNamedAndBothAreMerged() {
        var synthetic = SyntheticFeatures(seed: 43)
        let (index, pictures) = Self.filled(&synthetic, sealed: true)
        let query = synthetic.query(
            synthetic.copy(of: pictures[7], count: 50),
            mirrored: synthetic.copy(of: pictures[8], count: 100) + synthetic.copy(of: pictures[7], count: 10)
        )
        let candidates = index.candidates(for: query, limit: 2)
        #expect(Set(candidates.map(\.key)) == [EntryKey(7), EntryKey(8)])
        #expect(candidates.first { $0.key == EntryKey(7) }?.reading == .plain)
        #expect(candidates.first { $0.key == EntryKey(8) }?.reading == .mirrored)
    }

    /// One detail that fills both pictures, such as a weave, counts once.
    @Test func aRepeatedDetailDoesNotOutvoteAPart() {
        var synthetic = SyntheticFeatures(seed: 44)
        let (index, pictures) = Self.filled(&synthetic, sealed: false)
        let detail = synthetic.picture(count: 1).features[0]
        let weave = (0..<200).map { (number: Int) -> LocalFeature in
            let angle = UInt8.random(in: 0...255, using: &synthetic.generator)
            return LocalFeature(
                x: UInt16((number % 20) * 200),
                y: UInt16((number / 20) * 300),
                level: 2,
                angle: angle,
                descriptor: detail.descriptor
            )
        }
        index.insert(LocalFeatures(frameWidth: 640, frameHeight: 480, features: weave)!, key: EntryKey(1_000))
        index.seal()
        let page = weave + synthetic.copy(of: pictures[9], count: 50)
        #expect(index.candidates(for: synthetic.query(page), limit: 5).first?.key == EntryKey(9))
    }

    @Test func aFloodOfOnePictureHidesNoOther() {
        var synthetic = SyntheticFeatures(seed: 45)
        let (index, pictures) = Self.filled(&synthetic, sealed: false)
        let flood = synthetic.picture()
        let prepared = PartialIndex.prepared(flood)
        index.insert(contentsOf: (0..<3_000).map { (features: prepared, key: EntryKey(10_000 + $0)) })
        index.settle()
        index.seal()
        let both = synthetic.copy(of: flood, count: 80) + synthetic.copy(of: pictures[11], count: 80)
        let candidates = index.candidates(for: synthetic.query(both), limit: 20)
        #expect(candidates.count == 20)
        #expect(candidates.contains { $0.key == EntryKey(11) })
        #expect(candidates.contains { $0.key.index >= 10_000 })
    }

    @Test func nothingIsFoundForNothing() {
        var synthetic = SyntheticFeatures(seed: 46)
        #expect(PartialIndex().candidates(for: synthetic.query(synthetic.picture().features), limit: 10).isEmpty)
        let (index, pictures) = Self.filled(&synthetic, sealed: true)
        #expect(index.candidates(for: synthetic.query([]), limit: 10).isEmpty)
        #expect(index.candidates(for: synthetic.query([pictures[0].features[0]]), limit: 10).isEmpty)
        #expect(index.candidates(for: synthetic.query(pictures[0].features), limit: 0).isEmpty)
        #expect(index.candidates(for: synthetic.query(pictures[0].features), limit: 1).map(\.key) == [EntryKey(0)])
        index.insert(LocalFeatures(frameWidth: 64, frameHeight: 64, features: [])!, key: EntryKey(500))
        #expect(index.count == Self.pictureCount + 1)
        #expect(index.candidates(for: synthetic.query(pictures[4].features), limit: 5).first?.key == EntryKey(4))
    }

    /// Six features are enough where the page is quiet.
    @Test func aTinyQueryIsFound() {
        var synthetic = SyntheticFeatures(seed: 47)
        let (index, pictures) = Self.filled(&synthetic, sealed: true)
        let part = synthetic.copy(of: pictures[21], count: 6, noiseBits: 8)
        #expect(index.candidates(for: synthetic.query(part), limit: 10).first?.key == EntryKey(21))
    }

    @Test(arguments: [false, true])
    func theRemovedAreNotFound(sealed: Bool) {
        var synthetic = SyntheticFeatures(seed: 48)
        let (index, pictures) = Self.filled(&synthetic, sealed: sealed)
        #expect(index.remove(EntryKey(6)))
        #expect(!index.remove(EntryKey(6)))
        #expect(!index.remove(EntryKey(999_999)))
        #expect(index.count == Self.pictureCount - 1)
        let query = synthetic.query(synthetic.copy(of: pictures[6], count: 100))
        #expect(!index.candidates(for: query, limit: 20).contains { $0.key == EntryKey(6) })
        index.compact()
        #expect(index.count == Self.pictureCount - 1)
        #expect(!index.candidates(for: query, limit: 20).contains { $0.key == EntryKey(6) })
        let other = synthetic.query(synthetic.copy(of: pictures[5], count: 100))
        #expect(index.candidates(for: other, limit: 20).first?.key == EntryKey(5))
    }

    @Test func segmentsAreMergedWhenTheYoungOnesAreAsLarge() {
        #expect(PartialIndex.firstMerged(of: []) == nil)
        #expect(PartialIndex.firstMerged(of: [1, 1, 1]) == nil)
        #expect(PartialIndex.firstMerged(of: [1, 1, 1, 1]) == 0)
        #expect(PartialIndex.firstMerged(of: [100, 1, 1, 1, 1]) == 1)
        #expect(PartialIndex.firstMerged(of: [6, 1, 1, 1, 1]) == 0)
        #expect(PartialIndex.firstMerged(of: [300_000_000, 1, 1, 1]) == nil)
        #expect(PartialIndex.firstMerged(of: [150_000_000, 40_000_000, 40_000_000, 40_000_000]) == nil)
    }
}
