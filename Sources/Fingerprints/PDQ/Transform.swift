#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The 16 × 16 lowest frequencies of a picture without the constant ones: rows and columns 1 to 16 of the discrete
/// cosine transform of its 64 × 64 blocks.
struct Transform {
    static let side = 16
    typealias Row = SIMD16<Float>

    /// Row *r* is vertical frequency *r* + 1; lane *c* is horizontal frequency *c* + 1.
    let rows: [Row]

    /// Row *k*: what position *k* of 64 contributes to each of the 16 frequencies.
    private static let cosines: [Row] = (0..<BlockPlane.side).map { position in
        let scale = Float((2.0 / Double(BlockPlane.side)).squareRoot())
        var row = Row.zero
        for frequency in 0..<side {
            let angle = Double.pi / 2 / Double(BlockPlane.side) * Double(frequency + 1) * Double(2 * position + 1)
            row[frequency] = Float(Double(scale) * cos(angle))
        }
        return row
    }

    init(rows: [Row]) { self.rows = rows }

    /// Sums run over positions in ascending order, as in the reference (`dct64To16`): rounding is part of the result.
    init(_ blocks: BlockPlane) {
        let cosines = Self.cosines
        var rows: [Row] = []
        rows.reserveCapacity(Self.side)
        for frequency in 0..<Self.side {
            // One row of the vertical transform: 64 columns in eight vectors.
            var vertical = InlineArray<8, SIMD8<Float>>(repeating: .zero)
            for position in 0..<BlockPlane.side {
                let factor = cosines[position][frequency]
                for vector in 0..<BlockPlane.side / 8 {
                    vertical[vector] += factor * blocks.rows[position * BlockPlane.side / 8 + vector]
                }
            }
            var row = Row.zero
            for position in 0..<BlockPlane.side {
                row += vertical[position / 8][position % 8] * cosines[position]
            }
            rows.append(row)
        }
        self.rows = rows
    }
}
