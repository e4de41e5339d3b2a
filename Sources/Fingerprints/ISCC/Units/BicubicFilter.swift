import Foundation

/// Weights that turn a line of samples into a shorter or longer one, each sample of which is a mean of those near it.
///
/// Source: Pillow, `precompute_coeffs` with its bicubic filter.
struct BicubicFilter {
    private typealias Lanes = SIMD8<Float>

    private let starts: [Int]
    /// For each sample `groups` vectors, the last ones filled up with zeros.
    private let weights: [Lanes]
    private let groups: Int
    /// How long the line must be, zeros at its end.
    let paddedCount: Int

    init(from count: Int, to newCount: Int) {
        let scale = Double(count) / Double(newCount)
        let stretch = max(scale, 1)
        let reach = 2 * stretch
        groups = (Int(reach.rounded(.up)) * 2 + 1 + Lanes.scalarCount - 1) / Lanes.scalarCount
        paddedCount = count + groups * Lanes.scalarCount
        var starts: [Int] = []
        var weights: [Lanes] = []
        for index in 0..<newCount {
            let centre = (Double(index) + 0.5) * scale
            let first = max(Int(centre - reach + 0.5), 0)
            let end = min(Int(centre + reach + 0.5), count)
            let raw = (first..<end).map { Self.weight((Double($0) - centre + 0.5) / stretch) }
            let sum = raw.reduce(0, +)
            starts.append(first)
            for group in 0..<groups {
                var lanes = Lanes.zero
                for lane in 0..<Lanes.scalarCount where group * Lanes.scalarCount + lane < raw.count {
                    lanes[lane] = Float(raw[group * Lanes.scalarCount + lane] / sum)
                }
                weights.append(lanes)
            }
        }
        self.starts = starts
        self.weights = weights
    }

    /// - Parameter line: ``paddedCount`` samples.
    func value(of line: [Float], at index: Int) -> Float {
        precondition(line.count == paddedCount)
        // Safe: a span cannot outlive its array, and these are numbers without padding.
        let bytes = unsafe line.span.bytes
        var sum = Lanes.zero
        for group in 0..<groups {
            let position = starts[index] + group * Lanes.scalarCount
            // Unsafe only in name: the span checks its bounds, and any bits are eight valid numbers.
            let samples = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position * 4, as: Lanes.self)
            sum += samples * weights[index * groups + group]
        }
        return sum.sum()
    }

    private static func weight(_ distance: Double) -> Double {
        let x = abs(distance)
        if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0
    }
}
