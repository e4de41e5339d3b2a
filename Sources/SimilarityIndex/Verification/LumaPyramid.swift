import Fingerprints

/// A picture's brightness in halves: the same picture at 1/1, 1/2, 1/4 and so on, for reading it at any scale.
struct LumaPyramid: Sendable {
    /// Smaller pictures are not halved again.
    private static let leastSide = 8

    private let levels: [LumaPlane]

    init(_ plane: LumaPlane) {
        var levels = [plane]
        while let last = levels.last, min(last.width, last.height) >= 2 * Self.leastSide, let half = Self.half(of: last)
        {
            levels.append(half)
        }
        self.levels = levels
    }

    var width: Int { levels[0].width }
    var height: Int { levels[0].height }

    /// The level whose pixels are nearest to `pixels` of the largest level's.
    func level(forStep pixels: Double) -> LumaPlane {
        var level = 0
        var step = pixels
        // Half a step finer than needed: reading between pixels blurs a little more.
        while step > 1.6, level + 1 < levels.count {
            step /= 2
            level += 1
        }
        return levels[level]
    }

    private static func half(of plane: LumaPlane) -> LumaPlane? {
        let (width, height) = (plane.width / 2, plane.height / 2)
        var pixels = [UInt8](repeating: 0, count: width * height)
        for row in 0..<height {
            let (above, below, here) = (2 * row * plane.width, (2 * row + 1) * plane.width, row * width)
            for column in 0..<width {
                let first = 2 * column
                let sum =
                    UInt16(plane.pixels[above + first]) + UInt16(plane.pixels[above + first + 1])
                    + UInt16(plane.pixels[below + first]) + UInt16(plane.pixels[below + first + 1])
                pixels[here + column] = UInt8((sum + 2) / 4)
            }
        }
        return try? LumaPlane(width: width, height: height, pixels: pixels)
    }
}
