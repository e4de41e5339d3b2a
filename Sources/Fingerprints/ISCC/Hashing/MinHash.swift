/// The smallest of 64 different hashes over a set of features: sets that share many features share many of these.
///
/// Features come one at a time and none is kept.
struct MinHash {
    /// Hashes, as many as there are factors.
    static let count = 64

    private var smallest = InlineArray<64, UInt32>(repeating: .max)

    mutating func insert(_ feature: UInt32) {
        let feature = UInt64(feature)
        let (factors, addends) = (Self.factors.span, Self.addends.span)
        for index in smallest.indices {
            let sum = factors[index] &* feature &+ addends[index]
            // Remainder of 2^61 - 1: the high bits count once more, and both together may be one prime too many.
            let folded = sum & Self.prime &+ sum &>> 61
            let hash = UInt32(truncatingIfNeeded: folded >= Self.prime ? folded &- Self.prime : folded)
            smallest[index] = min(smallest[index], hash)
        }
    }

    /// 32 bytes: the last bit of every hash, then the last but one of every hash, and so on four times.
    var digest: [UInt8] {
        var bytes: [UInt8] = []
        for bit in 0..<4 {
            for start in stride(from: 0, to: Self.count, by: 8) {
                bytes.append((start..<start + 8).reduce(0) { $0 << 1 | UInt8(smallest[$1] >> bit & 1) })
            }
        }
        return bytes
    }

    private static let prime: UInt64 = 1 << 61 - 1
}
