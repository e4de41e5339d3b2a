/// A picture blurred and sampled down to 64 × 64, whatever its shape: what PDQ looks at.
///
/// Two rounds of box filters along rows, then columns, make a tent filter (Jarosz, "Fast Image Convolutions", 2001).
/// The picture streams through them row by row, so that all working memory stays in the processor's caches, and the
/// second round computes only the columns that are sampled.
struct BlockPlane {
    static let side = 64
    /// The length of a row in vectors of eight.
    static let vectorCount = side / 8

    /// Row-major.
    private(set) var rows: [SIMD8<Float>] = []

    /// The rows or columns that are sampled: the centres of 64 equal parts.
    static func sampledPositions(count: Int) -> [Int] {
        (0..<side).map { (2 * $0 + 1) * count / (2 * side) }
    }

    subscript(row: Int, column: Int) -> Float { rows[row * Self.vectorCount + column / 8][column % 8] }

    init(width: Int, height: Int, means: some RowMeans) {
        var means = means
        let vectorCount = (width + 7) / 8
        var first = ColumnFilter(rowCount: height, vectorCount: vectorCount)
        var second = SecondRound(width: width, height: height)
        var row = Array(repeating: SIMD8<Float>.zero, count: vectorCount)
        var blurred = row
        rows.reserveCapacity(Self.side * Self.vectorCount)
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

/// Collects rows by eight, filters them along rows and then columns, and keeps the sampled ones.
private struct SecondRound {
    private var rowFilter: RowFilter
    private var columnFilter: ColumnFilter
    private let samples: [Int]
    private var sampleCount = 0
    private let vectorCount: Int
    private var strip: [SIMD8<Float>]
    private var stripCount = 0
    private var narrow = Array(repeating: SIMD8<Float>.zero, count: 8 * BlockPlane.vectorCount)
    private var narrowRow = Array(repeating: SIMD8<Float>.zero, count: BlockPlane.vectorCount)
    private var output = Array(repeating: SIMD8<Float>.zero, count: BlockPlane.vectorCount)

    init(width: Int, height: Int) {
        rowFilter = RowFilter(width: width)
        columnFilter = ColumnFilter(rowCount: height, vectorCount: BlockPlane.vectorCount)
        samples = BlockPlane.sampledPositions(count: height)
        vectorCount = (width + 7) / 8
        strip = Array(repeating: .zero, count: 8 * vectorCount)
    }

    mutating func add(_ row: [SIMD8<Float>], to blocks: inout [SIMD8<Float>]) {
        for position in row.indices { strip[stripCount * vectorCount + position] = row[position] }
        stripCount += 1
        if stripCount == 8 { filterStrip(to: &blocks) }
    }

    mutating func finish(_ blocks: inout [SIMD8<Float>]) {
        filterStrip(to: &blocks)
        for _ in 0..<columnFilter.drainCount {
            let number = columnFilter.drain(output: &output)
            keep(number, in: &blocks)
        }
    }

    private mutating func filterStrip(to blocks: inout [SIMD8<Float>]) {
        rowFilter.filter(strip, vectorCount: vectorCount, output: &narrow)
        for row in 0..<stripCount {
            for position in 0..<BlockPlane.vectorCount {
                narrowRow[position] = narrow[row * BlockPlane.vectorCount + position]
            }
            let number = columnFilter.add(narrowRow, output: &output)
            keep(number, in: &blocks)
        }
        stripCount = 0
    }

    /// Small pictures have fewer than 64 rows: one row may be sampled several times.
    private mutating func keep(_ number: Int?, in blocks: inout [SIMD8<Float>]) {
        while sampleCount < BlockPlane.side, samples[sampleCount] == number {
            blocks += output
            sampleCount += 1
        }
    }
}
