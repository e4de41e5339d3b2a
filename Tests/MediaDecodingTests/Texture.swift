import Fingerprints

/// Pictures made by rules, as functions of a point, so that they can be drawn at any size, place and angle.
struct Texture {
    /// Squares of many grades at two scales, all of it different: corners everywhere.
    static func brightness(_ x: Double, _ y: Double) -> Double {
        let coarse = hash(Int((x / 23).rounded(.down)), Int((y / 23).rounded(.down)), 1)
        let fine = hash(Int((x / 7).rounded(.down)), Int((y / 7).rounded(.down)), 2)
        return 40 + 120 * coarse + 60 * fine
    }

    static let medium = Result { try plane(500, 380) }
    static let large = Result { try plane(800, 600) }

    /// Averages 2 × 2 points of each pixel, so that edges are as soft as a camera's.
    static func plane(
        _ width: Int,
        _ height: Int,
        _ brightness: (Double, Double) -> Double = brightness
    ) throws -> LumaPlane {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height)
        for row in 0..<height {
            for column in 0..<width {
                var sum = 0.0
                for part in 0..<4 {
                    sum += brightness(Double(column) + Double(part % 2) / 2, Double(row) + Double(part / 2) / 2)
                }
                pixels.append(UInt8(min(255, max(0, (sum / 4).rounded()))))
            }
        }
        return try LumaPlane(width: width, height: height, pixels: pixels)
    }

    static func flat(_ width: Int, _ height: Int, _ value: UInt8) throws -> LumaPlane {
        try LumaPlane(width: width, height: height, pixels: [UInt8](repeating: value, count: width * height))
    }

    /// Every pixel by itself.
    static func noise(_ width: Int, _ height: Int) throws -> LumaPlane {
        let pixels = (0..<width * height).map { UInt8(hash($0 % width, $0 / width, 3) * 255) }
        return try LumaPlane(width: width, height: height, pixels: pixels)
    }

    static func mirrored(_ plane: LumaPlane) throws -> LumaPlane {
        let rows = stride(from: 0, to: plane.pixels.count, by: plane.width)
        let pixels = rows.flatMap { plane.pixels[$0..<$0 + plane.width].reversed() }
        return try LumaPlane(width: plane.width, height: plane.height, pixels: pixels)
    }

    static func inverted(_ plane: LumaPlane) throws -> LumaPlane {
        try LumaPlane(width: plane.width, height: plane.height, pixels: plane.pixels.map { 255 - $0 })
    }

    /// From 0 to 1, evenly spread (the finaliser of SplitMix64).
    private static func hash(_ x: Int, _ y: Int, _ seed: UInt64) -> Double {
        var bits =
            UInt64(bitPattern: Int64(x)) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(bitPattern: Int64(y))
            &* 0xC2B2_AE3D_27D4_EB4F
        bits = (bits ^ seed ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return Double((bits ^ bits >> 31) >> 11) / Double(1 << 53)
    }
}
