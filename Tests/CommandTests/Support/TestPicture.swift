import Bytes

/// A textured grey picture as PNG, made from a seed; the same seed gives the same picture.
struct TestPicture {
    static let side = 128

    let seed: Int
    /// Added to every sample: a near copy, not the same bytes.
    var brightness = 0

    var png: [UInt8] {
        var rows: [UInt8] = []
        for row in 0..<Self.side {
            rows.append(0)  // filter: none
            for column in 0..<Self.side { rows.append(sample(row, column)) }
        }
        var header: [UInt8] = []
        header.append(bigEndian: UInt32(Self.side))
        header.append(bigEndian: UInt32(Self.side))
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header + [8, 0, 0, 0, 0])
            + chunk("IDAT", Self.stored(rows)) + chunk("IEND", [])
    }

    /// Blocks of four sizes laid over each other: detail at every scale, as photos have.
    private func sample(_ row: Int, _ column: Int) -> UInt8 {
        var value = 0
        for (scale, weight) in [(64, 80), (32, 60), (16, 40), (8, 20)] {
            value += Int(noise(row / scale, column / scale, scale) % UInt64(weight))
        }
        return UInt8(20 + value + brightness)
    }

    /// SplitMix64 over the coordinates.
    private func noise(_ row: Int, _ column: Int, _ scale: Int) -> UInt64 {
        var value = UInt64(seed &* 1_000_003 &+ row &* 8191 &+ column &* 131 &+ scale) &* 0x9E37_79B9_7F4A_7C15
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    private func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + content
        var bytes: [UInt8] = []
        bytes.append(bigEndian: UInt32(content.count))
        bytes += body
        bytes.append(bigEndian: crc32(body))
        return bytes
    }

    /// A zlib stream of one stored block (RFC 1950, RFC 1951).
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let count = UInt16(bytes.count)
        var low: UInt32 = 1
        var high: UInt32 = 0
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        var stream: [UInt8] = [0x78, 0x01, 0x01, UInt8(count & 255), UInt8(count >> 8)]
        stream += [UInt8(~count & 255), UInt8(~count >> 8)]
        stream += bytes
        stream.append(bigEndian: high << 16 | low)
        return stream
    }
}
