/// How the brightness of one picture follows from that of another: a factor and a summand for each colour.
///
/// What was made brighter, paler or warmer all over is no difference; what does not follow the fit is.
struct ToneFit: Equatable {
    private(set) var factor = SIMD3<Float>(repeating: 1)
    private(set) var summand = SIMD3<Float>(repeating: 0)

    /// What differs by more than this many standard deviations has no say in the next round.
    private static let outlierDeviations: Float = 2
    /// Of 0 to 255: the least spread that counts, below which noise would throw out everything.
    private static let leastDeviation: Float = 3
    private static let rounds = 6
    /// Beyond, a flat part would be stretched until it shows its noise.
    private static let factorLimit: Float = 4

    /// Least squares in rounds, each without what lay far off in the round before.
    ///
    /// - Parameters:
    ///   - from: The pixels to be mapped.
    ///   - to: As many of the other picture.
    init(from: [SIMD3<Float>], to: [SIMD3<Float>]) {
        guard !from.isEmpty else { return }
        for band in 0..<3 { fit(band, from.map { $0[band] }, to.map { $0[band] }) }
    }

    func map(_ colour: SIMD3<Float>) -> SIMD3<Float> {
        (colour * factor + summand).clamped(lowerBound: .zero, upperBound: SIMD3(repeating: 255))
    }

    /// The same, and where the value is as bright or as dark as it can be, it may stand for all that lies beyond: what
    /// was brightened until it is white differs from nothing that was brighter.
    ///
    /// - Parameter other: What it is compared with.
    func map(_ colour: SIMD3<Float>, towards other: SIMD3<Float>) -> SIMD3<Float> {
        var mapped = map(colour)
        for band in 0..<3 {
            let (isBright, isDark) = (colour[band] > Self.brightest, colour[band] < Self.darkest)
            guard isBright || isDark else { continue }
            let goesUp = isBright == (factor[band] > 0)
            mapped[band] = goesUp ? max(mapped[band], other[band]) : min(mapped[band], other[band])
        }
        return mapped
    }

    /// Beyond these, blurred and recompressed, lies what was cut off.
    private static let (darkest, brightest): (Float, Float) = (6, 249)

    private mutating func fit(_ band: Int, _ from: [Float], _ to: [Float]) {
        // The first guess is robust already: the medians, and the middle halves' spreads.
        let (low, middle, high) = Self.quartiles(from)
        let (targetLow, targetMiddle, targetHigh) = Self.quartiles(to)
        let spread = max(high - low, 1)
        var slope = ((targetHigh - targetLow) / spread).clamped(1 / Self.factorLimit, Self.factorLimit)
        if Self.runsAgainst(from, to, middle, targetMiddle) { slope = -slope }
        var start = targetMiddle - slope * middle
        for _ in 0..<Self.rounds {
            var differences = from.indices.map { abs(to[$0] - (slope * from[$0] + start)) }
            let sorted = differences.sorted()
            // Of a normal distribution, half lies within 0.6745 standard deviations.
            let deviation = max(sorted[sorted.count / 2] / 0.6745, Self.leastDeviation)
            var (count, sum, target, squares, products) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for index in from.indices where differences[index] <= Self.outlierDeviations * deviation {
                let (x, y) = (Double(from[index]), Double(to[index]))
                (count, sum, target, squares, products) = (
                    count + 1, sum + x, target + y, squares + x * x, products + x * y
                )
            }
            let variance = squares - sum * sum / max(1, count)
            guard count >= 16, variance > count else { break }  // a flat part says nothing of the factor
            slope = Float((products - sum * target / count) / variance).clamped(-Self.factorLimit, Self.factorLimit)
            start = Float(target / count) - slope * Float(sum / count)
            differences = []
        }
        factor[band] = slope
        summand[band] = start
    }

    private static func quartiles(_ values: [Float]) -> (Float, Float, Float) {
        let sorted = values.sorted()
        return (sorted[sorted.count / 4], sorted[sorted.count / 2], sorted[sorted.count * 3 / 4])
    }

    /// Whether bright became dark: most pixels lie on the other side of their picture's median.
    private static func runsAgainst(_ from: [Float], _ to: [Float], _ middle: Float, _ targetMiddle: Float) -> Bool {
        var balance = 0
        for index in from.indices {
            let product = (from[index] - middle) * (to[index] - targetMiddle)
            if product > 0 { balance += 1 }
            if product < 0 { balance -= 1 }
        }
        return balance < -from.count / 2
    }
}
