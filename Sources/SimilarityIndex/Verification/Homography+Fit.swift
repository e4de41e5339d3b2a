extension Homography {
    /// Kinds of maps, each with more freedom than the one before.
    enum Freedom: Sendable {
        /// Moves, turns and scales.
        case similarity
        /// Stretches and shears as well.
        case affine
        /// Tilts as well.
        case projective
    }

    /// How strongly a tilt is held back, per pair of points: few points must not invent one.
    private static let tiltDamping = 0.0005

    /// The map of one freedom that takes `from[i]` to `to[i]` with the least squared distances.
    ///
    /// - Returns: `nil` when the points do not determine it.
    static func fitted(_ freedom: Freedom, from: [PlanePoint], to: [PlanePoint]) -> Homography? {
        switch freedom {
        case .similarity: similarity(from: from, to: to)
        case .affine: general(from: from, to: to, unknowns: 6)
        case .projective: general(from: from, to: to, unknowns: 8)
        }
    }

    private static func similarity(from: [PlanePoint], to: [PlanePoint]) -> Homography? {
        guard from.count >= 2 else { return nil }
        var equations = LeastSquares(unknowns: 4)
        for (source, target) in zip(from, to) {
            equations.add([source.x, -source.y, 1, 0], value: target.x)
            equations.add([source.y, source.x, 0, 1], value: target.y)
        }
        guard let s = equations.solution() else { return nil }
        return Homography(elements: [s[0], -s[1], s[2], s[1], s[0], s[3], 0, 0, 1])
    }

    private static func general(from: [PlanePoint], to: [PlanePoint], unknowns: Int) -> Homography? {
        guard from.count >= unknowns / 2 else { return nil }
        var equations = LeastSquares(unknowns: unknowns)
        for (source, target) in zip(from, to) {
            let (x, y) = (source.x, source.y)
            let tiltX = unknowns == 8 ? [-x * target.x, -y * target.x] : []
            let tiltY = unknowns == 8 ? [-x * target.y, -y * target.y] : []
            equations.add([x, y, 1, 0, 0, 0] + tiltX, value: target.x)
            equations.add([0, 0, 0, x, y, 1] + tiltY, value: target.y)
        }
        if unknowns == 8 {
            for unknown in 6..<8 { equations.damp(unknown, by: tiltDamping * Double(from.count)) }
        }
        guard let s = equations.solution() else { return nil }
        return Homography(elements: unknowns == 8 ? s + [1] : s + [0, 0, 1])
    }

    /// Whether it is a way in which pictures are copied: over a picture of `width` × `height` it mirrors nothing, and
    /// stretches within limits.
    func isPlausible(width: Double, height: Double) -> Bool {
        var areas: [Double] = []
        for (x, y) in [(0, 0), (width, 0), (width, height), (0, height), (width / 2, height / 2)] {
            guard let d = derivative(at: PlanePoint(x: x, y: y)) else { return false }
            let area = d.xx * d.yy - d.xy * d.yx
            let squares = d.xx * d.xx + d.xy * d.xy + d.yx * d.yx + d.yy * d.yy
            // With stretches a and b: area = ab and squares = a² + b².
            guard area > Self.leastArea, area < Self.mostArea, squares / area < Self.mostAnisotropy else {
                return false
            }
            areas.append(area)
        }
        guard let least = areas.min(), let most = areas.max() else { return false }
        return most < Self.mostTilt * least
    }

    /// A copy 12 times smaller, side by side; what is smaller has no features left.
    private static let leastArea = 1 / 144.0
    /// A crop 12 times enlarged.
    private static let mostArea = 144.0
    /// a/b + b/a of the two stretches: 2 times as much in one direction as in the other.
    private static let mostAnisotropy = 2.5
    /// The nearest part may come out so many times larger than the farthest, in area.
    private static let mostTilt = 4.0
}
