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

    /// The nearest words of each descriptor, nearest first, with the descriptor's signature under each: the 64 of its
    /// bits that tell descriptors of one word apart best. Signatures under different words may be of different bits.
    ///
    /// - Parameters:
    ///   - branches: Ways of the first step that are followed, 1 to ``probeLimit``.
    ///   - count: Words wanted of each, 1 to ``probeLimit``.
    /// - Returns: `count` words of the first descriptor, then those of the next, and their signatures likewise.
    public static func nearest(
        to descriptors: [SIMD4<UInt64>],
        branches: Int,
        count: Int
    ) -> (words: [UInt16], signatures: [UInt64]) {
        precondition((1...probeLimit).contains(branches) && (1...probeLimit).contains(count), "Limits of the kernel.")
        let total = descriptors.count * count
        var signatures: [UInt64] = []
        let words = [UInt16](unsafeUninitializedCapacity: total) { words, wordCount in
            signatures = [UInt64](unsafeUninitializedCapacity: total) { signatures, signatureCount in
                descriptors.withUnsafeBytes { bytes in
                    cinnabar_words_nearest(
                        bytes.bindMemory(to: UInt64.self).baseAddress,
                        UInt32(descriptors.count),
                        UInt32(branches),
                        UInt32(count),
                        words.baseAddress,
                        signatures.baseAddress
                    )
                }
                signatureCount = total
            }
            wordCount = total
        }
        return (words, signatures)
    }
}
