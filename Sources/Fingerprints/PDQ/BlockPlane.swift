/// A picture blurred and sampled down to 64 × 64, whatever its shape: what PDQ looks at.
///
/// Two rounds of box filters along rows, then columns, make a tent filter (Jarosz, "Fast Image Convolutions", 2001).
/// The picture streams through them row by row, so that all working memory stays in the processor's caches, and the
/// second round computes only the columns that are sampled.
struct BlockPlane {
    static let side = 64

    /// The length of a row in vectors of eight.
    static func vectorCount(width: Int) -> Int { (width + 7) / 8 }

    /// Row-major.
    private(set) var rows: [SIMD8<Float>] = []

    /// The rows or columns that are sampled: the centres of 64 equal parts.
    static func sampledPositions(count: Int) -> [Int] {
        (0..<side).map { (2 * $0 + 1) * count / (2 * side) }
    }

    subscript(row: Int, column: Int) -> Float { rows[row * Self.side / 8 + column / 8][column % 8] }

    init(width: Int, height: Int, means: some RowMeans) {
        var means = means
        let vectorCount = Self.vectorCount(width: width)
        var first = ColumnFilter(rowCount: height, vectorCount: vectorCount)
        var second = SecondRound(width: width, height: height)
        var row = Array(repeating: SIMD8<Float>.zero, count: vectorCount)
        var blurred = row
        rows.reserveCapacity(Self.side * Self.side / 8)
        for y in 0..<height {
            means.write(row: y, into: &row)
            if first.add(row, output: &blurred) != nil { second.add(blurred, to: &rows) }
        }
        for _ in 0..<first.drainCount where first.drain(output: &blurred) != nil {
            second.add(blurred, to: &rows)
        }
        second.finish(&rows)
    }
}
