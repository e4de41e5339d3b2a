/// The PDQ fingerprint of a picture.
///
/// - Parameter plane: Luminance from 0 to 255, rows × columns, row-major, at least 5 × 5.
/// - Returns: The fingerprints of all eight orientations with their quality, 0 to 100. Below 50, do not match on them.
///
/// Source: PDQ reference implementation, `pdqDihedralHash256esFromFloatLuma`. Vectors: `Vectors/pdq-reference`.
public func pdqFingerprint(of plane: LumaPlane) -> PDQResult {
    PDQResult(BlockPlane(width: plane.width, height: plane.height, means: ByteRowMeans(plane)))
}

/// The PDQ fingerprint of a plane of fractions, as the reference takes it: for comparison with the reference.
///
/// - Parameter luma: 0 to 255, which the caller has made sure of; row-major, `width * height` of them.
/// - Throws: ``FingerprintError`` with code `.planeTooSmall` or `.sizeMismatch`.
package func pdqFingerprint(ofLuma luma: [Float], width: Int, height: Int) throws(FingerprintError) -> PDQResult {
    try LumaPlane.check(width: width, height: height, count: luma.count)
    precondition(luma.allSatisfy { $0 >= 0 && $0 <= 255 }, "luminance lies between 0 and 255")
    let means = FloatRowMeans(luma: luma, window: BoxWindow(sampleCount: width))
    return PDQResult(BlockPlane(width: width, height: height, means: means))
}

extension PDQResult {
    init(_ blocks: BlockPlane) {
        let transform = Transform(blocks)
        quality = Self.quality(of: blocks)
        orientations = transform.fingerprints()
        self.transform = transform.rows.flatMap { row in row.indices.map { row[$0] } }
    }

    /// The sum of all noticeable steps between neighbouring blocks, scaled and capped.
    ///
    /// Source: `pdqImageDomainQualityMetric` of the reference; its constants are heuristic.
    private static func quality(of blocks: BlockPlane) -> Int {
        var sum = SIMD8<Int32>.zero
        func step(_ left: SIMD8<Float>, _ right: SIMD8<Float>) -> SIMD8<Int32> {
            let percent = SIMD8<Int32>((left - right) * 100 / 255, rounding: .towardZero)
            return percent.replacing(with: 0 &- percent, where: percent .< 0)
        }
        let rows = blocks.rows
        for position in rows.indices.dropLast(BlockPlane.vectorCount) {
            sum &+= step(rows[position], rows[position + BlockPlane.vectorCount])
        }
        for position in rows.indices {
            let vector = rows[position]
            var next = vector
            for lane in 0..<7 { next[lane] = vector[lane + 1] }
            // The last column has no neighbour: it is compared with itself.
            if (position + 1) % BlockPlane.vectorCount != 0 { next[7] = rows[position + 1][0] }
            sum &+= step(vector, next)
        }
        return min(100, Int(sum.wrappedSum()) / 90)
    }
}
