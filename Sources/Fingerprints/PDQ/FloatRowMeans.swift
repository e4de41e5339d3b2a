/// Row means in the order of the reference's running sum, one sample after the other: for planes of fractions.
struct FloatRowMeans: RowMeans {
    let luma: [Float]
    let window: BoxWindow

    func write(row y: Int, into output: inout [SIMD8<Float>]) {
        let row = luma[y * window.sampleCount..<(y + 1) * window.sampleCount]
        var sum: Float = 0
        for step in 0..<window.stepCount {
            if step < window.sampleCount { sum += row[row.startIndex + step] }
            if step >= window.size { sum -= row[row.startIndex + step - window.size] }
            guard step >= window.lead else { continue }
            let column = step - window.lead
            output[column / 8][column % 8] = sum / Float(window.heldCount(atStep: step))
        }
    }
}
