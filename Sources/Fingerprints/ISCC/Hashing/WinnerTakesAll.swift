/// Bits that say which of two places of a vector is the greater one.
enum WinnerTakesAll {
    /// As many places as an MPEG-7 frame signature has.
    static let places = 380

    /// - Parameter vector: ``places`` numbers.
    static func digest(of vector: [Int]) -> [UInt8] {
        stride(from: 0, to: pairs.count, by: 8).map { start in
            pairs[start..<start + 8].reduce(0) { $0 << 1 | (vector[$1.1] > vector[$1.0] ? 1 : 0) }
        }
    }
}
