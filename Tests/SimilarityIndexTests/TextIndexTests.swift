import Fingerprints
import SimilarityIndex
import Testing

struct TextIndexTests {
    /// Sentences made of a seed: texts of two seeds have nothing in common.
    private static func text(_ seed: UInt64, sentences: Int = 40) -> [String] {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        return (0..<sentences).map { _ in
            String(
                String.UnicodeScalarView(
                    (0..<20).compactMap { _ in
                        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        return Unicode.Scalar(0x4E00 + UInt32(state >> 40) % 3000)
                    }
                )
            ) + "。"
        }
    }

    private static func fingerprint(_ sentences: [String]) throws -> TextFingerprint {
        try #require(TextFingerprint.fingerprint(of: sentences.joined())).fingerprint
    }

    private static func key(_ index: Int) -> EntryKey { EntryKey(lane: 0, index: UInt64(index)) }

    @Test func alteredTextsAreFoundAmongMany() throws {
        let index = TextIndex()
        for seed in 0..<300 { index.insert(try Self.fingerprint(Self.text(UInt64(seed))), key: Self.key(seed)) }
        #expect(index.count == 300)
        for seed in stride(from: 0, to: 300, by: 7) {
            var altered = Self.text(UInt64(seed))
            altered[3] = "这一句是后来改过的，与原来完全不同。"
            altered.remove(at: 20)
            let matches = index.matches(for: try Self.fingerprint(altered), limit: 10)
            #expect(matches.map(\.key) == [Self.key(seed)])
            #expect((0.8...0.99).contains(matches.first?.similarity ?? 0))
        }
        #expect(index.matches(for: try Self.fingerprint(Self.text(999)), limit: 10).isEmpty)
    }

    /// Half of the sentences are the other's: a third of all phrases are in both, the estimate says so, and a lower
    /// threshold finds it.
    @Test func theEstimateIsTheShareInCommon() throws {
        let index = TextIndex()
        index.insert(try Self.fingerprint(Self.text(1)), key: Self.key(1))
        let half = try Self.fingerprint(Array(Self.text(1).prefix(20)) + Self.text(2).prefix(20))
        #expect(index.matches(for: half, limit: 1).isEmpty)
        let match = try #require(index.matches(for: half, from: 0.2, limit: 1).first)
        #expect(abs(match.similarity - 1.0 / 3) < 0.15)
    }

    @Test func removedTextsAreGone() throws {
        let index = TextIndex()
        let fingerprint = try Self.fingerprint(Self.text(5))
        index.insert(fingerprint, key: Self.key(5))
        index.insert(fingerprint, key: Self.key(6))
        #expect(index.matches(for: fingerprint, limit: 10).map(\.key) == [Self.key(5), Self.key(6)])
        #expect(index.matches(for: fingerprint, limit: 1).map(\.key) == [Self.key(5)])
        #expect(index.remove(Self.key(5)))
        #expect(!index.remove(Self.key(5)))
        #expect(index.matches(for: fingerprint, limit: 10).map(\.key) == [Self.key(6)])
    }

    @Test func aKeyIsInsertedAnew() throws {
        let index = TextIndex()
        index.insert(try Self.fingerprint(Self.text(1)), key: Self.key(1))
        index.insert(try Self.fingerprint(Self.text(2)), key: Self.key(1))
        #expect(index.count == 1)
        #expect(index.matches(for: try Self.fingerprint(Self.text(1)), limit: 1).isEmpty)
        #expect(index.matches(for: try Self.fingerprint(Self.text(2)), limit: 1).count == 1)
    }
}
