import CFeatureWords

/// The words that descriptors are filed under, `words-1`: 65,536 typical ones, in a tree of two steps.
public enum FeatureWords {
    /// What an index writes down of the vocabulary it was made with. Words of different names are never compared.
    public static let name = "words-1"
    public static let count = Int(CINNABAR_WORDS_COUNT)
    /// Bits of a signature.
    public static let signatureBits = 64
    /// As many ways and words as are followed for one descriptor.
    public static let probeLimit = Int(CINNABAR_WORDS_PROBES)

    /// The nearest words, nearest first, with the descriptor's signature under each: the 64 of its bits that tell
    /// descriptors of one word apart best. Signatures under different words may be of different bits.
    ///
    /// - Parameters:
    ///   - branches: Ways of the first step that are followed, 1 to ``probeLimit``.
    ///   - count: Words wanted, 1 to ``probeLimit``.
    public static func nearest(
        to descriptor: SIMD4<UInt64>,
        branches: Int,
        count: Int
    ) -> [(word: UInt16, signature: UInt64)] {
        precondition((1...probeLimit).contains(branches) && (1...probeLimit).contains(count), "Limits of the kernel.")
        let descriptor: InlineArray<4, UInt64> = [descriptor[0], descriptor[1], descriptor[2], descriptor[3]]
        var words = InlineArray<16, UInt16>(repeating: 0)
        var signatures = InlineArray<16, UInt64>(repeating: 0)
        withUnsafePointer(to: descriptor) { descriptor in
            withUnsafeMutablePointer(to: &words) { words in
                withUnsafeMutablePointer(to: &signatures) { signatures in
                    cinnabar_words_nearest(
                        UnsafeRawPointer(descriptor).assumingMemoryBound(to: UInt64.self),
                        UInt32(branches),
                        UInt32(count),
                        UnsafeMutableRawPointer(words).assumingMemoryBound(to: UInt16.self),
                        UnsafeMutableRawPointer(signatures).assumingMemoryBound(to: UInt64.self)
                    )
                }
            }
        }
        return (0..<count).map { (words[$0], signatures[$0]) }
    }
}
