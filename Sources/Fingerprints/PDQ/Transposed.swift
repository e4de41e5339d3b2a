/// Eight rows of eight numbers, to be turned into columns without leaving the registers.
struct Transposed {
    typealias Vector = SIMD8<Float>
    private var rows = InlineArray<8, Vector>(repeating: .zero)

    subscript(row: Int) -> Vector {
        get { rows[row] }
        set { rows[row] = newValue }
    }

    /// Three perfect shuffles of rows *i* and *i* + 4.
    mutating func transpose() {
        for _ in 0..<3 {
            let old = rows
            for row in 0..<4 {
                rows[2 * row] = Self.alternating(old[row].lowHalf, old[row + 4].lowHalf)
                rows[2 * row + 1] = Self.alternating(old[row].highHalf, old[row + 4].highHalf)
            }
        }
    }

    private static func alternating(_ even: SIMD4<Float>, _ odd: SIMD4<Float>) -> Vector {
        var vector = Vector.zero
        vector.evenHalf = even
        vector.oddHalf = odd
        return vector
    }
}
