/// Row means of whole numbers, eight columns at a time, for pictures up to ``maximumWidth``.
///
/// Their sums are exact in single precision (255 × the window stays far below 2²⁴), so any order gives the bits of the
/// reference's running sum.
struct ByteRowMeans: RowMeans {
    /// Windows of wider pictures hold more samples than a sum of 16 bits can: 257 × 255 is its greatest value.
    static let maximumWidth = 257 * 2 * BlockPlane.side

    private let plane: LumaPlane
    private let window: BoxWindow
    /// How many samples each mean is taken of; infinite behind the last column.
    private let divisors: [SIMD8<Float>]
    /// The row between zeros, so that windows may reach over its ends.
    private var padded: [UInt8]

    init(_ plane: LumaPlane) {
        self.plane = plane
        let window = BoxWindow(sampleCount: plane.width)
        self.window = window
        let vectorCount = BlockPlane.vectorCount(width: plane.width)
        divisors = (0..<vectorCount).map { vector in
            var divisor = SIMD8<Float>(repeating: .infinity)
            for lane in 0..<8 where vector * 8 + lane < window.sampleCount {
                divisor[lane] = Float(window.heldCount(atStep: vector * 8 + lane + window.lead))
            }
            return divisor
        }
        padded = Array(repeating: 0, count: window.size + vectorCount * 8 + window.lead + 1)
    }

    mutating func write(row y: Int, into output: inout [SIMD8<Float>]) {
        let start = y * plane.width
        padded.replaceSubrange(window.size..<window.size + plane.width, with: plane.pixels[start..<start + plane.width])
        // Safe: a span cannot outlive its array, and these are bytes without padding.
        let bytes = unsafe padded.span.bytes
        for vector in divisors.indices {
            let first = vector * 8 + window.lead + 1
            var sum = SIMD8<UInt16>.zero
            for position in first..<first + window.size {
                // Unsafe only in name: the span checks its bounds, and any bits are eight valid integers.
                let samples = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: SIMD8<UInt8>.self)
                sum &+= SIMD8<UInt16>(truncatingIfNeeded: samples)
            }
            output[vector] = SIMD8<Float>(SIMD8<Int32>(truncatingIfNeeded: sum)) / divisors[vector]
        }
    }
}
