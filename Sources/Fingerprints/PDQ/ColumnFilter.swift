/// A box filter along columns: rows go in from the top and come out averaged, ``BoxWindow/lead`` steps later.
struct ColumnFilter {
    typealias Vector = SIMD8<Float>

    private let window: BoxWindow
    /// The last `window.size` rows that went in, step *t* at slot *t* mod `size`.
    private var held: [Vector]
    private var sums: [Vector]
    private var step = 0

    /// - Parameters:
    ///   - rowCount: How many rows will go in.
    ///   - vectorCount: The length of a row in vectors.
    init(rowCount: Int, vectorCount: Int) {
        window = BoxWindow(sampleCount: rowCount)
        held = Array(repeating: .zero, count: window.size * vectorCount)
        sums = Array(repeating: .zero, count: vectorCount)
    }

    /// Takes the next row and writes the next output row, if it is complete by now.
    ///
    /// - Returns: The number of the row written to `output`, or `nil`.
    mutating func add(_ row: [Vector], output: inout [Vector]) -> Int? {
        let slot = step % window.size * sums.count
        let divisor = Float(window.heldCount(atStep: step))
        let drops = step >= window.size
        for position in sums.indices {
            var sum = sums[position] + row[position]
            if drops { sum -= held[slot + position] }
            held[slot + position] = row[position]
            sums[position] = sum
            output[position] = sum / divisor
        }
        return finishStep()
    }

    /// Past the last row: only drops. To be called `window.lead` times.
    mutating func drain(output: inout [Vector]) -> Int? {
        let slot = step % window.size * sums.count
        let divisor = Float(window.heldCount(atStep: step))
        for position in sums.indices {
            sums[position] -= held[slot + position]
            output[position] = sums[position] / divisor
        }
        return finishStep()
    }

    var drainCount: Int { window.lead }

    private mutating func finishStep() -> Int? {
        defer { step += 1 }
        return step >= window.lead ? step - window.lead : nil
    }
}
