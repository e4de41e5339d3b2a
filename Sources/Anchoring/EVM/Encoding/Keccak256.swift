public import Bytes

/// Keccak-256 as Ethereum uses it: Keccak with the padding of 2011, which is not SHA3-256 of FIPS 202.
///
/// Source: The Keccak reference, version 3.0, with rate 1088 and capacity 512. Vectors: `Vectors/evm/keccak256.json`.
public enum Keccak256 {
    /// Bytes that one permutation takes in.
    private static let rateByteCount = 136
    private static let roundCount = 24
    private static let lanes = 25

    public static func digest(of bytes: [UInt8]) -> Digest256 {
        var state = [UInt64](repeating: 0, count: lanes)
        var padded = bytes
        padded.append(1)
        while !padded.count.isMultiple(of: rateByteCount) { padded.append(0) }
        padded[padded.count - 1] |= 0x80
        for block in stride(from: 0, to: padded.count, by: rateByteCount) {
            for lane in 0..<rateByteCount / 8 {
                var word: UInt64 = 0
                for byte in (0..<8).reversed() { word = word << 8 | UInt64(padded[block + lane * 8 + byte]) }
                state[lane] ^= word
            }
            permute(&state)
        }
        return Digest256(
            bigEndianWords: (state[0].byteSwapped, state[1].byteSwapped, state[2].byteSwapped, state[3].byteSwapped)
        )
    }

    /// Keccak-f[1600]: theta, rho and pi, chi, iota in each round.
    private static func permute(_ state: inout [UInt64]) {
        var columns = [UInt64](repeating: 0, count: 5)
        for round in 0..<roundCount {
            for x in 0..<5 { columns[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20] }
            for x in 0..<5 {
                let mixed = columns[(x + 4) % 5] ^ rotated(columns[(x + 1) % 5], by: 1)
                for y in stride(from: 0, to: lanes, by: 5) { state[x + y] ^= mixed }
            }
            var moved = state[1]
            for step in 0..<24 {
                let lane = Self.targets[step]
                (moved, state[lane]) = (state[lane], rotated(moved, by: Self.rotations[step]))
            }
            for y in stride(from: 0, to: lanes, by: 5) {
                for x in 0..<5 { columns[x] = state[y + x] }
                for x in 0..<5 { state[y + x] = columns[x] ^ (~columns[(x + 1) % 5] & columns[(x + 2) % 5]) }
            }
            state[0] ^= Self.roundConstants[round]
        }
    }

    private static func rotated(_ word: UInt64, by bits: UInt64) -> UInt64 { word << bits | word >> (64 - bits) }

    /// Where pi moves each lane, starting from lane 1, and by how much rho turns it on its way.
    private static let targets = [
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1,
    ]
    private static let rotations: [UInt64] = [
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
    ]
    private static let roundConstants: [UInt64] = [
        0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808a, 0x8000_0000_8000_8000,
        0x0000_0000_0000_808b, 0x0000_0000_8000_0001, 0x8000_0000_8000_8081, 0x8000_0000_0000_8009,
        0x0000_0000_0000_008a, 0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000a,
        0x0000_0000_8000_808b, 0x8000_0000_0000_008b, 0x8000_0000_0000_8089, 0x8000_0000_0000_8003,
        0x8000_0000_0000_8002, 0x8000_0000_0000_0080, 0x0000_0000_0000_800a, 0x8000_0000_8000_000a,
        0x8000_0000_8000_8081, 0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
    ]
}
