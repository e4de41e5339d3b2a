/// How many hashes a proof has, by the recursive definitions of RFC 6962, sections 2.1.1 and 2.1.2: written as there,
/// so that they share nothing with the code under test.
enum PathLength {
    /// Of PATH(index, D[size]).
    static func inclusion(_ index: UInt64, _ size: UInt64) -> Int {
        guard size > 1 else { return 0 }
        let split = largestPowerOfTwo(below: size)
        return 1 + (index < split ? inclusion(index, split) : inclusion(index - split, size - split))
    }

    /// Of PROOF(old, D[new]).
    static func consistency(_ old: UInt64, _ new: UInt64) -> Int { subproof(old, new, isWhole: true) }

    private static func subproof(_ old: UInt64, _ new: UInt64, isWhole: Bool) -> Int {
        guard old < new else { return isWhole ? 0 : 1 }
        let split = largestPowerOfTwo(below: new)
        return 1
            + (old <= split
                ? subproof(old, split, isWhole: isWhole) : subproof(old - split, new - split, isWhole: false))
    }

    private static func largestPowerOfTwo(below size: UInt64) -> UInt64 {
        1 << UInt64(UInt64.bitWidth - 1 - (size - 1).leadingZeroBitCount)
    }
}
