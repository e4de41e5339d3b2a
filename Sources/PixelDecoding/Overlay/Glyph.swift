import Bytes

/// One character of ``GlyphAtlas``.
struct Glyph {
    let width: Int
    let height: Int
    let right: Int
    let down: Int
    let advance: Int
    /// Row-major, 0 to 15.
    private let inks: [UInt8]

    private static let all: [Glyph] = {
        guard let bytes = Base64.decode(GlyphAtlas.base64) else { preconditionFailure("the atlas is base64") }
        var reader = ByteReader(bytes)
        var glyphs: [Glyph] = []
        while let glyph = Glyph(reading: &reader) { glyphs.append(glyph) }
        precondition(glyphs.count == 95 && reader.isAtEnd, "the atlas holds the printable characters")
        return glyphs
    }()

    /// The question mark's, for what is no printable character of ASCII.
    static func of(_ scalar: Unicode.Scalar) -> Glyph {
        let code = (0x20...0x7E).contains(scalar.value) ? scalar.value : 0x3F
        return all[Int(code) - 0x20]
    }

    private init?(reading reader: inout ByteReader) {
        guard let header = reader.read(5).map(Array.init) else { return nil }
        width = Int(header[0])
        height = Int(header[1])
        right = Int(Int8(bitPattern: header[2]))
        down = Int(Int8(bitPattern: header[3]))
        advance = Int(header[4])
        guard let packed = reader.read((width * height + 1) / 2) else { return nil }
        inks = packed.flatMap { [$0 >> 4, $0 & 15] }
    }

    /// The share of ink, 0 to 1, in a part of the glyph.
    func ink(_ columns: Range<Double>, _ rows: Range<Double>) -> Float {
        var sum = 0.0
        for row in Self.cells(rows, height) {
            let high = min(rows.upperBound, Double(row + 1)) - max(rows.lowerBound, Double(row))
            for column in Self.cells(columns, width) {
                let wide = min(columns.upperBound, Double(column + 1)) - max(columns.lowerBound, Double(column))
                sum += max(0, high) * max(0, wide) * Double(inks[row * width + column])
            }
        }
        let area = (columns.upperBound - columns.lowerBound) * (rows.upperBound - rows.lowerBound)
        return area > 0 ? Float(sum / 15 / area) : 0
    }

    /// Those of `count` cells that a range touches.
    private static func cells(_ range: Range<Double>, _ count: Int) -> StrideTo<Int> {
        stride(
            from: max(0, Int(range.lowerBound.rounded(.down))),
            to: min(count, Int(range.upperBound.rounded(.up))),
            by: 1
        )
    }
}
