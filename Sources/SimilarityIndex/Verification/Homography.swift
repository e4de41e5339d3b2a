#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A map of the plane onto itself that keeps straight lines straight: 3 × 3, row-major.
struct Homography: Sendable, Equatable {
    static let identity = Homography(elements: [1, 0, 0, 0, 1, 0, 0, 0, 1])
    /// Of the last row's product with a point: nearer to zero, or below, the point lies at the horizon or behind it.
    private static let leastDepth = 1e-6

    /// Nine of them.
    let elements: [Double]

    init(elements: [Double]) { self.elements = elements }

    /// Scales and turns, then moves.
    init(scale: Double, angle: Double, x: Double, y: Double) {
        let (a, b) = (scale * cos(angle), scale * sin(angle))
        self.init(elements: [a, -b, x, b, a, y, 0, 0, 1])
    }

    /// Stretches by two factors.
    init(stretchX: Double, stretchY: Double) {
        self.init(elements: [stretchX, 0, 0, 0, stretchY, 0, 0, 0, 1])
    }

    /// - Returns: `nil` at the horizon and behind it.
    func image(of point: PlanePoint) -> PlanePoint? {
        let depth = elements[6] * point.x + elements[7] * point.y + elements[8]
        guard depth > Self.leastDepth else { return nil }
        return PlanePoint(
            x: (elements[0] * point.x + elements[1] * point.y + elements[2]) / depth,
            y: (elements[3] * point.x + elements[4] * point.y + elements[5]) / depth
        )
    }

    /// First `self`, then `next`.
    func followed(by next: Homography) -> Homography {
        var product = [Double](repeating: 0, count: 9)
        for row in 0..<3 {
            for column in 0..<3 {
                for inner in 0..<3 {
                    product[row * 3 + column] += next.elements[row * 3 + inner] * elements[inner * 3 + column]
                }
            }
        }
        return Homography(elements: product)
    }

    /// The way back; `nil` where there is none. Its last element is 1 where that is possible.
    var inverse: Homography? {
        let e = elements
        let minors = [
            e[4] * e[8] - e[5] * e[7], e[2] * e[7] - e[1] * e[8], e[1] * e[5] - e[2] * e[4],
            e[5] * e[6] - e[3] * e[8], e[0] * e[8] - e[2] * e[6], e[2] * e[3] - e[0] * e[5],
            e[3] * e[7] - e[4] * e[6], e[1] * e[6] - e[0] * e[7], e[0] * e[4] - e[1] * e[3],
        ]
        let determinant = e[0] * minors[0] + e[1] * minors[3] + e[2] * minors[6]
        guard determinant.isFinite, abs(determinant) > 1e-12 else { return nil }
        let last = abs(minors[8] / determinant) > 1e-9 ? minors[8] : determinant
        return Homography(elements: minors.map { $0 / last })
    }

    /// How it stretches and turns around one point; `nil` at the horizon and behind it.
    func derivative(at point: PlanePoint) -> (xx: Double, xy: Double, yx: Double, yy: Double)? {
        let depth = elements[6] * point.x + elements[7] * point.y + elements[8]
        guard depth > Self.leastDepth, let image = image(of: point) else { return nil }
        return (
            xx: (elements[0] - image.x * elements[6]) / depth, xy: (elements[1] - image.x * elements[7]) / depth,
            yx: (elements[3] - image.y * elements[6]) / depth, yy: (elements[4] - image.y * elements[7]) / depth
        )
    }
}
