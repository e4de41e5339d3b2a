#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Fingerprints

/// Features laid out for comparing many at once.
struct FeatureTable: Sendable {
    /// Of ORB's pyramid.
    private static let levelFactor = 1.2
    /// Larger numbers come from no pyramid.
    private static let levelLimit = 31

    let descriptors: [SIMD4<UInt64>]
    let points: [PlanePoint]
    /// In parts of the longer side.
    let sizes: [Double]
    let angles: [UInt8]
    let levels: [Int]
    /// In parts of the longer side.
    let width: Double
    let height: Double

    init(_ features: LocalFeatures) {
        let long = Double(max(features.frameWidth, features.frameHeight))
        let step = 1 / Double(LocalFeature.stepsPerPixel)
        descriptors = features.features.map(\.descriptor)
        points = features.features.map {
            PlanePoint(x: (Double($0.x) * step + 0.5) / long, y: (Double($0.y) * step + 0.5) / long)
        }
        levels = features.features.map { min(Int($0.level), Self.levelLimit) }
        sizes = levels.map { pow(Self.levelFactor, Double($0)) / long }
        angles = features.features.map(\.angle)
        width = Double(features.frameWidth) / long
        height = Double(features.frameHeight) / long
    }

    var count: Int { descriptors.count }

    /// For each registered feature, the two here that are most alike, within `limit` bits.
    ///
    /// Two and not one: a picture may stand in a composite twice, and one corner is found on several levels.
    func pairs(with registered: FeatureTable, within limit: Int) -> [FeaturePair] {
        var pairs: [FeaturePair] = []
        for index in 0..<registered.count {
            let (nearest, second) = nearest(to: registered.descriptors[index], within: limit)
            for (found, distance) in [nearest, second] where found >= 0 {
                pairs.append(
                    FeaturePair(
                        registered: registered.points[index],
                        query: points[found],
                        scale: sizes[found] / registered.sizes[index],
                        turn: angles[found] &- registered.angles[index],
                        levels: levels[found] - registered.levels[index],
                        distanceBits: distance,
                        registeredIndex: index,
                        queryIndex: found
                    )
                )
            }
        }
        return pairs
    }

    private func nearest(
        to wanted: SIMD4<UInt64>,
        within limit: Int
    ) -> (nearest: (Int, Int), second: (Int, Int)) {
        // Half of the bits tell nearly all strangers apart.
        let halfLimit = limit * 11 / 16
        var nearest = (-1, limit + 1)
        var second = (-1, limit + 1)
        for index in descriptors.indices {
            let difference = descriptors[index] ^ wanted
            let half = difference[0].nonzeroBitCount + difference[1].nonzeroBitCount
            guard half <= halfLimit else { continue }
            let distance = half + difference[2].nonzeroBitCount + difference[3].nonzeroBitCount
            guard distance < second.1 else { continue }
            if distance < nearest.1 {
                second = nearest
                nearest = (index, distance)
            } else {
                second = (index, distance)
            }
        }
        return (nearest, second)
    }
}
