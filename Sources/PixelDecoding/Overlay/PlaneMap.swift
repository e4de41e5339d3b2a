package import MediaDecoding

/// A homography: where a point of one picture lies in another.
package struct PlaneMap: Equatable {
    /// Row-major 3 × 3.
    private let rows: [Double]

    /// - Returns: `nil` when it cannot be turned round: then it is no view of one plane from two sides.
    package init?(_ rows: [Double]) {
        guard rows.count == 9, rows.allSatisfy(\.isFinite) else { return nil }
        self.rows = rows
        guard abs(determinant) > 1e-12 else { return nil }
    }

    private var determinant: Double {
        rows[0] * (rows[4] * rows[8] - rows[5] * rows[7]) - rows[1] * (rows[3] * rows[8] - rows[5] * rows[6])
            + rows[2] * (rows[3] * rows[7] - rows[4] * rows[6])
    }

    /// The way back.
    package var inverse: PlaneMap? {
        let r = rows
        let adjugate = [
            r[4] * r[8] - r[5] * r[7], r[2] * r[7] - r[1] * r[8], r[1] * r[5] - r[2] * r[4],
            r[5] * r[6] - r[3] * r[8], r[0] * r[8] - r[2] * r[6], r[2] * r[3] - r[0] * r[5],
            r[3] * r[7] - r[4] * r[6], r[1] * r[6] - r[0] * r[7], r[0] * r[4] - r[1] * r[3],
        ]
        return PlaneMap(adjugate.map { $0 / determinant })
    }

    /// - Returns: `nil` for points on or behind the horizon.
    package func map(_ point: OverlayRequest.Point) -> OverlayRequest.Point? {
        let weight = rows[6] * point.x + rows[7] * point.y + rows[8]
        guard abs(weight) > 1e-9 else { return nil }
        let mapped = OverlayRequest.Point(
            (rows[0] * point.x + rows[1] * point.y + rows[2]) / weight,
            (rows[3] * point.x + rows[4] * point.y + rows[5]) / weight
        )
        return mapped.x.isFinite && mapped.y.isFinite ? mapped : nil
    }
}
