/// The first of the four filter passes: along each row of the picture.
protocol RowMeans {
    /// Writes the averages of row `y`, zero behind its last column.
    mutating func write(row y: Int, into output: inout [SIMD8<Float>])
}
