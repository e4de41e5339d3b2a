import Fingerprints
import SimilarityIndex

/// Fingerprints as a large collection has them, and pictures to look for among them.
///
/// Of 115 real photos, two differ in 127.8 bits on the average, give or take 8.4; of random bits, in 128, give or take
/// 8.0. So most are random bits. One in a hundred is a copy of an earlier one, up to 40 bits away; one in a thousand is
/// always the same, as a shop's placeholder is. Pictures to look for are 64 × 64 pixels of noise, so that their eight
/// orientations belong together as those of photos do: half their parts are equal. Copies of each are planted, 31 bits
/// away, in each orientation in turn.
struct SyntheticFingerprints {
    /// Copies planted of each picture.
    static let copies = 2
    private static let copiedBits = 31

    private var generator: SplitMix
    private var earlier: PDQFingerprint
    private let placeholder: PDQFingerprint
    let pictures: [PDQResult]

    init(pictures count: Int) throws {
        var generator = SplitMix(state: 4)
        pictures = try (0..<count).map { _ in
            let pixels = (0..<64 * 64).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            return pdqFingerprint(of: try LumaPlane(width: 64, height: 64, pixels: pixels))
        }
        placeholder = Self.random(&generator)
        earlier = placeholder
        self.generator = generator
    }

    /// A batch for the index. Copies of the pictures are spread over all `count` places.
    mutating func entries(_ places: Range<Int>, of count: Int) -> [(fingerprint: PDQFingerprint, key: EntryKey)] {
        let step = max(1, count / (pictures.count * Self.copies))
        return places.map { place in
            let picture = place / step
            let isCopy = place % step == 0 && picture < pictures.count * Self.copies
            let fingerprint =
                isCopy
                ? neighbour(
                    of: pictures[picture % pictures.count].orientations[picture % 8],
                    distanceBits: Self.copiedBits
                ) : next()
            return (fingerprint, EntryKey(lane: 0, index: UInt64(place)))
        }
    }

    private mutating func next() -> PDQFingerprint {
        let kind = generator.next() % 1000
        if kind == 0 { return placeholder }
        if kind <= 10 { return neighbour(of: earlier, distanceBits: Int(generator.next() % 41)) }
        let fingerprint = Self.random(&generator)
        if kind == 11 { earlier = fingerprint }
        return fingerprint
    }

    private mutating func neighbour(of fingerprint: PDQFingerprint, distanceBits: Int) -> PDQFingerprint {
        var flipped = SIMD4<UInt64>.zero
        var count = 0
        while count < distanceBits {
            let bit = generator.next() % 256
            guard flipped[Int(bit / 64)] & 1 << (bit % 64) == 0 else { continue }
            flipped[Int(bit / 64)] |= 1 << (bit % 64)
            count += 1
        }
        return PDQFingerprint(words: fingerprint.words ^ flipped)
    }

    private static func random(_ generator: inout SplitMix) -> PDQFingerprint {
        PDQFingerprint(words: SIMD4(generator.next(), generator.next(), generator.next(), generator.next()))
    }
}
