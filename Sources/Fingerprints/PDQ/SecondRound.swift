/// Collects rows by eight, filters them along rows and then columns, and keeps the sampled ones.
struct SecondRound {
    private var rowFilter: RowFilter
    private var columnFilter: ColumnFilter
    private let samples: [Int]
    private var sampleCount = 0
    private let vectorCount: Int
    private var strip: [SIMD8<Float>]
    private var stripCount = 0
    private var narrow = Array(repeating: SIMD8<Float>.zero, count: 8 * BlockPlane.side / 8)
    private var narrowRow = Array(repeating: SIMD8<Float>.zero, count: BlockPlane.side / 8)
    private var output = Array(repeating: SIMD8<Float>.zero, count: BlockPlane.side / 8)

    init(width: Int, height: Int) {
        rowFilter = RowFilter(width: width)
        columnFilter = ColumnFilter(rowCount: height, vectorCount: BlockPlane.side / 8)
        samples = BlockPlane.sampledPositions(count: height)
        vectorCount = BlockPlane.vectorCount(width: width)
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
        rowFilter.filter(strip, output: &narrow)
        for row in 0..<stripCount {
            for position in 0..<BlockPlane.side / 8 {
                narrowRow[position] = narrow[row * BlockPlane.side / 8 + position]
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
