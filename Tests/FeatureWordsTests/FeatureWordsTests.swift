import Testing

@testable import FeatureWords

@Suite struct FeatureWordsTests {
    /// SplitMix64.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
            return mixed ^ mixed >> 31
        }
        mutating func descriptor() -> SIMD4<UInt64> { SIMD4(next(), next(), next(), next()) }
    }

    private func nearest(
        to descriptor: SIMD4<UInt64>,
        branches: Int,
        count: Int
    ) -> [(word: UInt16, signature: UInt64)] {
        let (words, signatures) = FeatureWords.nearest(to: [descriptor], branches: branches, count: count)
        return zip(words, signatures).map { (word: $0, signature: $1) }
    }

    /// More than are compared in one go.
    @Test func manyAreAsEachAlone() {
        var generator = Generator(state: 4)
        let descriptors = (0..<700).map { _ in generator.descriptor() }
        let (words, signatures) = FeatureWords.nearest(to: descriptors, branches: 3, count: 2)
        for (number, descriptor) in descriptors.enumerated() {
            let alone = nearest(to: descriptor, branches: 3, count: 2)
            #expect(alone.map(\.word) == Array(words[2 * number..<2 * number + 2]))
            #expect(alone.map(\.signature) == Array(signatures[2 * number..<2 * number + 2]))
        }
        #expect(FeatureWords.nearest(to: [], branches: 3, count: 2).words.isEmpty)
    }

    /// Words are part of what lies in files: they never change under one name.
    @Test func theVocabularyIsTheOneOfItsName() {
        let words = nearest(to: SIMD4(0, 0, 0, 0), branches: 2, count: 4)
        #expect(words.map(\.word) == [61844, 50518, 61850, 50456])
        let others = nearest(
            to: SIMD4(0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210, 0xaaaa_aaaa_5555_5555, 0x00ff_00ff_00ff_00ff),
            branches: 6,
            count: 3
        )
        #expect(others.map(\.word) == [32888, 28782, 28839])
        #expect(
            others.map(\.signature) == [
                16_415_194_546_014_800_635, 4_199_086_160_865_658_323, 4_199_086_160_865_658_323,
            ]
        )
    }

    @Test func theNearestComeFirstAndFewerAreTheSame() {
        var generator = Generator(state: 5)
        for _ in 0..<50 {
            let descriptor = generator.descriptor()
            let eight = nearest(to: descriptor, branches: 6, count: 8)
            #expect(Set(eight.map(\.word)).count == 8)
            let two = nearest(to: descriptor, branches: 6, count: 2)
            #expect(two.map(\.word) == eight.prefix(2).map(\.word))
            #expect(two.map(\.signature) == eight.prefix(2).map(\.signature))
        }
    }

    /// Differing bits of a descriptor are differing bits of its signature, or are not looked at.
    @Test func signaturesHoldBitsOfTheDescriptor() {
        var generator = Generator(state: 6)
        let descriptor = generator.descriptor()
        let (word, signature) = nearest(to: descriptor, branches: 16, count: 1)[0]
        var changedBits = 0
        for bit in 0..<256 {
            var other = descriptor
            other[bit / 64] ^= 1 << UInt64(bit % 64)
            guard let same = nearest(to: other, branches: 16, count: 16).first(where: { $0.word == word })
            else { continue }
            let distance = (same.signature ^ signature).nonzeroBitCount
            #expect(distance <= 1)
            changedBits += distance
        }
        #expect(changedBits == FeatureWords.signatureBits)
    }

    @Test func hitsAreWhatAFullScanFinds() throws {
        var generator = Generator(state: 7)
        var builder = PostingTableBuilder()
        var filed: [(owner: UInt32, posting: Posting)] = []
        for owner in 0..<40 {
            let postings = (0..<Int.random(in: 0...60, using: &generator)).map { number in
                Posting(
                    word: UInt16.random(in: 0..<12, using: &generator) &* 5461,
                    signature: generator.next() & 0xFFFF,
                    place: UInt32(number)
                )
            }
            builder.add(postings, owner: UInt32(owner))
            filed += postings.map { (UInt32(owner), $0) }
        }
        let table = try builder.build()
        #expect(table.count == filed.count)
        #expect(table.pictureLimit <= 40)
        let probes = (0..<100).map { number in
            Probe(
                word: UInt16.random(in: 0..<12, using: &generator) &* 5461,
                signature: generator.next() & 0xFFFF,
                feature: UInt16(number)
            )
        }
        for radius in [0, 3, 6, 64] {
            let found = table.hits(for: probes, within: radius)
            var expected: [PostingHit] = []
            for probe in probes {
                for (owner, posting) in filed where posting.word == probe.word {
                    let distance = (posting.signature ^ probe.signature).nonzeroBitCount
                    guard distance <= radius else { continue }
                    expected.append(
                        PostingHit(
                            owner: owner,
                            place: posting.place,
                            feature: probe.feature,
                            distance: UInt16(distance)
                        )
                    )
                }
            }
            #expect(found == expected, "radius \(radius)")
        }
    }
}
