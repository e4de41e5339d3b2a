import Fingerprints
import Glibc

/// Made-up features: descriptors of chance, changed as an altered copy changes them.
struct SyntheticFeatures {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(state: seed) }

    mutating func picture(count: Int = 200, width: Int = 640, height: Int = 480) -> LocalFeatures {
        let features = (0..<count).map { _ in
            feature(
                x: Double.random(in: 0..<Double(width), using: &generator),
                y: Double.random(in: 0..<Double(height), using: &generator),
                level: Int.random(in: 0...7, using: &generator),
                angle: Double.random(in: 0..<256, using: &generator),
                SIMD4(generator.next(), generator.next(), generator.next(), generator.next())
            )
        }
        return LocalFeatures(frameWidth: width, frameHeight: height, features: features)!
    }

    /// Some of a picture's features, turned and scaled, somewhere in a larger frame.
    ///
    /// - Parameters:
    ///   - levels: Steps of the pyramid by which the copy is larger.
    ///   - turn: 256ths of a turn, clockwise.
    ///   - noiseBits: Bits of each descriptor that change.
    mutating func copy(
        of picture: LocalFeatures,
        count: Int = 100,
        levels: Int = 0,
        turn: Double = 0,
        at corner: (x: Double, y: Double) = (0, 0),
        noiseBits: Int = 20
    ) -> [LocalFeature] {
        let scale = pow(1.2, Double(levels))
        let radians = turn * .pi / 128
        return picture.features.shuffled(using: &generator).prefix(count).compactMap { original in
            let x = Double(original.x) / 8 - Double(picture.frameWidth) / 2
            let y = Double(original.y) / 8 - Double(picture.frameHeight) / 2
            let newX = corner.x + 400 + scale * (cos(radians) * x - sin(radians) * y)
            let newY = corner.y + 400 + scale * (sin(radians) * x + cos(radians) * y)
            let level = Int(original.level) + levels
            guard (0...9).contains(level), (0..<1280).contains(newX), (0..<1280).contains(newY) else { return nil }
            var descriptor = original.descriptor
            for bit in (0..<256).shuffled(using: &generator).prefix(noiseBits) {
                descriptor[bit / 64] ^= 1 << UInt64(bit % 64)
            }
            return feature(x: newX, y: newY, level: level, angle: Double(original.angle) + turn, descriptor)
        }
    }

    mutating func query(_ plain: [LocalFeature], mirrored: [LocalFeature] = []) -> QuerySketch {
        guard let luma = try? LumaPlane(width: 8, height: 8, pixels: [UInt8](repeating: 0, count: 64)) else {
            preconditionFailure("Eight by eight is large enough.")
        }
        var readings: [QuerySketch.Reading: LocalFeatures] = [:]
        for (reading, features) in [(QuerySketch.Reading.plain, plain), (.mirrored, mirrored)] {
            readings[reading] = LocalFeatures(
                frameWidth: 1280,
                frameHeight: 1280,
                features: features.shuffled(using: &generator)
            )
        }
        return QuerySketch(readings: readings, luma: luma)
    }

    private func feature(x: Double, y: Double, level: Int, angle: Double, _ descriptor: SIMD4<UInt64>) -> LocalFeature {
        LocalFeature(
            x: UInt16(x * 8),
            y: UInt16(y * 8),
            level: UInt8(level),
            angle: UInt8(truncatingIfNeeded: Int(angle.rounded())),
            descriptor: descriptor
        )
    }
}
