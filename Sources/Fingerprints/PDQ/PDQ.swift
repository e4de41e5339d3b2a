/// The PDQ fingerprint of a picture.
///
/// - Parameter plane: Luminance from 0 to 255, rows × columns, row-major, at least 5 × 5.
/// - Returns: The fingerprints of all eight orientations with their quality, 0 to 100. Below 50, do not match on them.
///
/// Source: PDQ reference implementation, `pdqDihedralHash256esFromFloatLuma`. Vectors: `Vectors/pdq-reference`.
public func pdqFingerprint(of plane: LumaPlane) -> PDQResult {
    guard plane.width <= ByteRowMeans.maximumWidth else {
        return pdqFingerprint(luma: plane.pixels.map(Float.init), width: plane.width, height: plane.height)
    }
    return PDQResult(BlockPlane(width: plane.width, height: plane.height, means: ByteRowMeans(plane)))
}

/// The PDQ fingerprint of a plane of fractions, as the reference takes it: for comparison with the reference.
///
/// - Parameter luma: 0 to 255, which the caller has made sure of; row-major, `width * height` of them.
/// - Throws: ``FingerprintError`` with code `.planeTooSmall` or `.sizeMismatch`.
package func pdqFingerprint(ofLuma luma: [Float], width: Int, height: Int) throws(FingerprintError) -> PDQResult {
    try LumaPlane.check(width: width, height: height, count: luma.count)
    precondition(luma.allSatisfy { $0 >= 0 && $0 <= 255 }, "luminance lies between 0 and 255")
    return pdqFingerprint(luma: luma, width: width, height: height)
}

private func pdqFingerprint(luma: [Float], width: Int, height: Int) -> PDQResult {
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
        var sum = 0
        func add(_ difference: SIMD8<Float>) {
            let percent = difference * 100 / 255
            for lane in 0..<8 { sum += abs(Int(percent[lane])) }
        }
        let rows = blocks.rows
        let vectorCount = BlockPlane.side / 8
        for position in rows.indices {
            let vector = rows[position]
            if position + vectorCount < rows.count { add(vector - rows[position + vectorCount]) }
            var right = vector
            for lane in 0..<7 { right[lane] = vector[lane + 1] }
            // The last column has no neighbour: compared with itself it adds nothing.
            if (position + 1) % vectorCount != 0 { right[7] = rows[position + 1][0] }
            add(vector - right)
        }
        return min(100, sum / 90)
    }
}
