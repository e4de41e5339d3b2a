/// A box filter along eight rows at once, of which only the 64 sampled columns are kept.
struct RowFilter {
    typealias Vector = SIMD8<Float>

    private let window: BoxWindow
    /// For each step the divisor, and how many samples to write.
    private let samples: [Int]
    /// The last `window.size` columns of the eight rows.
    private var held: [Vector]

    init(width: Int) {
        window = BoxWindow(sampleCount: width)
        samples = BlockPlane.sampledPositions(count: width)
        held = Array(repeating: .zero, count: window.size)
    }

    /// - Parameters:
    ///   - rows: Eight rows after another, `vectorCount` vectors each.
    ///   - output: Eight rows of 64 samples after another.
    mutating func filter(_ rows: [Vector], vectorCount: Int, output: inout [Vector]) {
        var sum = Vector.zero
        var slot = 0
        var sample = 0
        var block = Transposed()
        var collected = Transposed()
        for step in 0..<window.stepCount {
            if step < window.sampleCount {
                if step & 7 == 0 {
                    for row in 0..<8 { block[row] = rows[row * vectorCount + step >> 3] }
                    block.transpose()
                }
                sum += block[step & 7]
            }
            if step >= window.size { sum -= held[slot] }
            held[slot] = block[step & 7]
            slot = slot + 1 == window.size ? 0 : slot + 1
            while sample < BlockPlane.side, samples[sample] == step - window.lead {
                collected[sample & 7] = sum / Float(window.heldCount(atStep: step))
                sample += 1
                guard sample & 7 == 0 else { continue }
                collected.transpose()
                for row in 0..<8 { output[row * BlockPlane.vectorCount + sample / 8 - 1] = collected[row] }
            }
        }
    }
}
