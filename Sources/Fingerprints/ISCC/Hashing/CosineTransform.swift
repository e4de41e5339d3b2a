import Foundation

/// Lee's recursive discrete cosine transform of every column of a matrix, in this very order of operations: a bit of an
/// Image-Code hangs on which of two nearly equal numbers is the greater.
///
/// Source: iscc-core, `alg_dct`.
enum CosineTransform {
    static let columns = 32

    /// - Parameter matrix: A power of two of rows, row-major.
    static func transform(_ matrix: [Double]) -> [Double] {
        let count = matrix.count / columns
        guard count > 1 else { return matrix }
        let half = count / 2
        var sums = [Double](repeating: 0, count: half * columns)
        var differences = sums
        for row in 0..<half {
            let (first, mirrored) = (row * columns, (count - 1 - row) * columns)
            let divisor = cos((Double(row) + 0.5) * Double.pi / Double(count)) * 2
            for column in 0..<columns {
                let (left, right) = (matrix[first + column], matrix[mirrored + column])
                sums[first + column] = left + right
                differences[first + column] = (left - right) / divisor
            }
        }
        let even = transform(sums)
        let odd = transform(differences)
        var result = [Double](repeating: 0, count: matrix.count)
        for row in 0..<half {
            let start = row * columns
            for column in start..<start + columns {
                result[start + column] = even[column]
                let next = row + 1 < half ? odd[column + columns] : 0
                result[start + columns + column] = row + 1 < half ? odd[column] + next : odd[column]
            }
        }
        return result
    }

    /// - Parameter matrix: As many rows as columns.
    static func transposed(_ matrix: [Double]) -> [Double] {
        matrix.indices.map { matrix[$0 % columns * columns + $0 / columns] }
    }
}
