#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Fingerprints

@testable import SimilarityIndex

/// A made-up photo: seeded clouds of brightness at three sizes, and features at random places.
struct SyntheticPhoto {
    struct Feature {
        /// In parts of width and height.
        let place: PlanePoint
        let level: UInt8
        let angle: UInt8
        let descriptor: SIMD4<UInt64>
    }

    private static let grids = [5, 12, 26]
    private let values: [[Double]]
    let features: [Feature]
    private let contrast: Double

    init(seed: UInt64, featureCount: Int = 240, contrast: Double = 1) {
        var generator = SeededGenerator(state: seed)
        self.contrast = contrast
        values = Self.grids.map { side in
            (0..<(side + 1) * (side + 1)).map { _ in Double.random(in: -50...50, using: &generator) }
        }
        features = (0..<featureCount).map { _ in
            Feature(
                place: PlanePoint(
                    x: Double.random(in: 0.03...0.97, using: &generator),
                    y: Double.random(in: 0.03...0.97, using: &generator)
                ),
                level: UInt8.random(in: 0...4, using: &generator),
                angle: UInt8.random(in: 0...255, using: &generator),
                descriptor: SIMD4(generator.next(), generator.next(), generator.next(), generator.next())
            )
        }
    }

    /// 0 to 255.
    func brightness(at point: PlanePoint) -> Double {
        var sum = 128.0
        for (side, grid) in zip(Self.grids, values) {
            let (x, y) = (point.x * Double(side), point.y * Double(side))
            let (column, row) = (min(side - 1, max(0, Int(x))), min(side - 1, max(0, Int(y))))
            let (right, below) = (x - Double(column), y - Double(row))
            let first = row * (side + 1) + column
            let above = grid[first] * (1 - right) + grid[first + 1] * right
            let under = grid[first + side + 1] * (1 - right) + grid[first + side + 2] * right
            sum += (above * (1 - below) + under * below) * contrast
        }
        return max(0, min(255, sum))
    }

    /// What is kept when it is registered.
    var sketch: PictureSketch { SyntheticScene(of: self).sketch }
}
