/// A box filter along eight rows at once, of which only the 64 sampled columns are computed.
struct RowFilter {
    typealias Vector = SIMD8<Float>

    private let window: BoxWindow
    private let samples: [Int]
    private let vectorCount: Int
    /// The eight rows turned: one vector for each column, then zeros for the steps behind the end.
    private var columns: [Vector]

    init(width: Int) {
        window = BoxWindow(sampleCount: width)
        samples = BlockPlane.sampledPositions(count: width)
        vectorCount = BlockPlane.vectorCount(width: width)
        columns = Array(repeating: .zero, count: vectorCount * 8 + window.lead)
    }

    /// - Parameters:
    ///   - rows: Eight rows after another, zero behind their last column.
    ///   - output: Eight rows of 64 samples after another.
    mutating func filter(_ rows: [Vector], output: inout [Vector]) {
        turn(rows)
        var sum = Vector.zero
        var step = 0
        for block in 0..<BlockPlane.side / 8 {
            var square = Square()
            for sample in 0..<8 {
                let end = samples[block * 8 + sample] + window.lead + 1
                while step < min(end, window.size) {
                    sum += columns[step]
                    step += 1
                }
                while step < end {
                    sum += columns[step]
                    sum -= columns[step - window.size]
                    step += 1
                }
                square[sample] = sum / Float(window.heldCount(atStep: end - 1))
            }
            square.transpose()
            for row in 0..<8 { output[row * BlockPlane.side / 8 + block] = square[row] }
        }
    }

    private mutating func turn(_ rows: [Vector]) {
        for vector in 0..<vectorCount {
            var square = Square()
            for row in 0..<8 { square[row] = rows[row * vectorCount + vector] }
            square.transpose()
            for column in 0..<8 { columns[vector * 8 + column] = square[column] }
        }
    }
}
