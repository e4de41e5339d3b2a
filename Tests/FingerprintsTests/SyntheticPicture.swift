/// A picture made by a formula in whole numbers, the same as in `tools/vectors/pdq_reference.py`.
struct SyntheticPicture {
    let width: Int
    let height: Int
    /// One channel for a grey picture, three for a coloured one; each row-major.
    let channels: [[UInt8]]

    init(width: Int, height: Int, seed: UInt64, amplitude: Int, grey: Bool) {
        var generator = LinearGenerator(state: seed)
        self.width = width
        self.height = height
        channels = (0..<(grey ? 1 : 3)).map { _ in
            Self.channel(width: width, height: height, amplitude: amplitude, &generator)
        }
    }

    /// 0.299 R + 0.587 G + 0.114 B, in double precision and then rounded, as pdqhash takes it.
    var luma: [Float] {
        guard channels.count == 3 else { return channels[0].map(Float.init) }
        return channels[0].indices.map { position in
            Float(
                Double(channels[0][position]) * 0.299 + Double(channels[1][position]) * 0.587
                    + Double(channels[2][position]) * 0.114
            )
        }
    }

    /// Six triangle waves across the picture.
    private static func channel(
        width: Int,
        height: Int,
        amplitude: Int,
        _ generator: inout LinearGenerator
    ) -> [UInt8] {
        var total = [Int](repeating: 600, count: width * height)
        for _ in 0..<6 {
            let period = 9 + generator.next() % 140
            let across = generator.next() % 9 - 4
            let down = generator.next() % 9 - 4
            let offset = generator.next() % period
            for y in 0..<height {
                for x in 0..<width {
                    let phase = (x * across + y * down + offset + 100_000 * period) % period
                    total[y * width + x] += amplitude * abs(2 * phase - period) / period
                }
            }
        }
        return total.map { UInt8(min(max($0 / 6, 0), 255)) }
    }
}

/// Knuth's 64-bit linear congruential generator; the upper 31 bits count.
private struct LinearGenerator {
    var state: UInt64

    mutating func next() -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33)
    }
}
