/// SplitMix64: every run sees the same numbers.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    mutating func fingerprint() -> SIMD4<UInt64> { SIMD4(next(), next(), next(), next()) }

    /// Another fingerprint, which differs in these bits alone.
    func flipping(_ bits: some Sequence<Int>, of fingerprint: SIMD4<UInt64>) -> SIMD4<UInt64> {
        var words = fingerprint
        for bit in bits { words[bit / 64] ^= 1 << UInt64(bit % 64) }
        return words
    }

    mutating func neighbour(of fingerprint: SIMD4<UInt64>, distanceBits: Int) -> SIMD4<UInt64> {
        flipping((0..<256).shuffled(using: &self).prefix(distanceBits), of: fingerprint)
    }
}
