/// Sums up linear equations in a few unknowns and solves them so that the squared errors are least.
struct LeastSquares {
    private let unknowns: Int
    /// The normal equations, row-major, the right side as the last column.
    private var sums: [Double]

    init(unknowns: Int) {
        self.unknowns = unknowns
        sums = [Double](repeating: 0, count: unknowns * (unknowns + 1))
    }

    /// `coefficients · unknowns = value`.
    mutating func add(_ coefficients: [Double], value: Double, weight: Double = 1) {
        for row in 0..<unknowns where coefficients[row] != 0 {
            let factor = coefficients[row] * weight
            for column in row..<unknowns { sums[row * (unknowns + 1) + column] += factor * coefficients[column] }
            sums[row * (unknowns + 1) + unknowns] += factor * value
        }
    }

    /// Pulls one unknown to zero.
    mutating func damp(_ unknown: Int, by weight: Double) { sums[unknown * (unknowns + 1) + unknown] += weight }

    /// - Returns: `nil` when the equations leave an unknown open.
    func solution() -> [Double]? {
        var rows = sums
        let width = unknowns + 1
        for row in 0..<unknowns {
            for column in 0..<row { rows[row * width + column] = rows[column * width + row] }
        }
        for pivot in 0..<unknowns {
            let best = (pivot..<unknowns).max { abs(rows[$0 * width + pivot]) < abs(rows[$1 * width + pivot]) } ?? pivot
            guard abs(rows[best * width + pivot]) > 1e-9 else { return nil }
            if best != pivot {
                for column in 0..<width { rows.swapAt(best * width + column, pivot * width + column) }
            }
            for row in 0..<unknowns where row != pivot {
                let factor = rows[row * width + pivot] / rows[pivot * width + pivot]
                guard factor != 0 else { continue }
                for column in pivot..<width { rows[row * width + column] -= factor * rows[pivot * width + column] }
            }
        }
        let solution = (0..<unknowns).map { rows[$0 * width + unknowns] / rows[$0 * width + $0] }
        return solution.allSatisfy(\.isFinite) ? solution : nil
    }
}
