/// The bits that at least half of some digests have: sets that share many digests share many of these.
enum SimHash {
    /// - Parameter digests: At least one, all of the same length.
    /// - Returns: As many bytes as each of them has.
    static func digest(of digests: [[UInt8]]) -> [UInt8] {
        guard let count = digests.first?.count else { preconditionFailure("A majority of nothing.") }
        var votes = [Int](repeating: 0, count: count * 8)
        for digest in digests {
            for bit in votes.indices { votes[bit] += Int(digest[bit / 8] >> (7 - bit % 8) & 1) }
        }
        return (0..<count).map { byte in
            votes[byte * 8..<byte * 8 + 8].reduce(0) { $0 << 1 | ($1 * 2 >= digests.count ? 1 : 0) }
        }
    }
}
