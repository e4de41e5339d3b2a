/// Eight rows of eight numbers, to be turned into columns without leaving the registers.
struct Square {
    private var rows = InlineArray<8, SIMD8<Float>>(repeating: .zero)

    subscript(row: Int) -> SIMD8<Float> {
        get { rows[row] }
        set { rows[row] = newValue }
    }

    /// Three perfect shuffles of all 64 numbers.
    @inline(__always)
    mutating func transpose() {
        for _ in 0..<3 {
            let old = rows
            for row in 0..<4 {
                rows[2 * row].evenHalf = old[row].lowHalf
                rows[2 * row].oddHalf = old[row + 4].lowHalf
                rows[2 * row + 1].evenHalf = old[row].highHalf
                rows[2 * row + 1].oddHalf = old[row + 4].highHalf
            }
        }
    }
}
