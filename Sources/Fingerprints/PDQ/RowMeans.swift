/// The first of the four filter passes: along each row of the picture.
protocol RowMeans {
    /// Writes the averaged row `y`, padded to whole vectors with anything finite.
    mutating func write(row y: Int, into output: inout [SIMD8<Float>])
}

/// Row means of whole numbers. Their sums are exact in single precision in any order (255 × the window stays far
/// below 2²⁴), so differences of prefix sums give what the reference's running sum gives, eight columns at a time.
struct ByteRowMeans: RowMeans {
    private let plane: LumaPlane
    private let window: BoxWindow
    private let divisors: [SIMD8<Float>]
    /// `prefix[size + k]` is the sum of the first *k* samples; before the row it is 0, behind it the total.
    private var prefix: [Int32]

    init(_ plane: LumaPlane) {
        self.plane = plane
        window = BoxWindow(sampleCount: plane.width)
        let vectorCount = (plane.width + 7) / 8
        let window = window
        divisors = (0..<vectorCount).map { vector in
            var divisor = SIMD8<Float>(repeating: 1)
            for lane in 0..<8 where vector * 8 + lane < window.sampleCount {
                divisor[lane] = Float(window.heldCount(atStep: vector * 8 + lane + window.lead))
            }
            return divisor
        }
        prefix = Array(repeating: 0, count: window.size + vectorCount * 8 + window.lead + 1)
    }

    mutating func write(row y: Int, into output: inout [SIMD8<Float>]) {
        sum(row: y)
        let lead = window.lead + 1
        let bytes = unsafe prefix.span.bytes
        for vector in divisors.indices {
            let left = vector * 8 + lead
            // Unsafe only in name: the span checks its bounds, and any bits are eight valid integers.
            let low = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: left * 4, as: SIMD8<Int32>.self)
            let high = unsafe bytes.unsafeLoadUnaligned(
                fromByteOffset: (left + window.size) * 4,
                as: SIMD8<Int32>.self
            )
            output[vector] = SIMD8<Float>(high &- low) / divisors[vector]
        }
    }

    private mutating func sum(row y: Int) {
        var total: Int32 = 0
        let start = y * plane.width
        var position = window.size + 1
        for pixel in plane.pixels[start..<start + plane.width] {
            total &+= Int32(pixel)
            prefix[position] = total
            position += 1
        }
        for position in position..<prefix.count { prefix[position] = total }
    }
}

/// Row means of fractions, with the reference's running sum.
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
