import Fingerprints
import SimilarityIndex

/// The parts of recognising a picture, on one thread: its fingerprint, and looking it up among a hundred thousand.
struct PictureWork {
    let surroundings: Surroundings
    let scale: Scale

    private static let indexed = 100_000
    private static let repetitions = 200
    private static let matchLimit = 50

    func round() async throws -> [Sample] {
        let plane = try BareLoop.decoded(contents(of: try surroundings.photos(1)[0]))
        let picture = pdqFingerprint(of: plane)
        let (_, seconds) = await timed { for _ in 0..<Self.repetitions { _ = pdqFingerprint(of: plane) } }
        var generator = SystemRandomNumberGenerator()
        let index = FingerprintIndex()
        index.insert(
            contentsOf: (0..<Self.indexed).map { number in
                let words = SIMD4<UInt64>.random(in: 0 ... .max, using: &generator)
                return (PDQFingerprint(words: words), EntryKey(lane: 0, index: UInt64(number)))
            }
        )
        index.compact()
        let (_, lookUpSeconds) = await timed {
            for _ in 0..<Self.repetitions { _ = index.matches(for: picture, limit: Self.matchLimit) }
        }
        return [
            Sample("pdq", seconds * 1000 / Double(Self.repetitions), "ms/photo"),
            Sample("index.look-up", lookUpSeconds * 1000 / Double(Self.repetitions), "ms among 100000"),
        ]
    }
}
