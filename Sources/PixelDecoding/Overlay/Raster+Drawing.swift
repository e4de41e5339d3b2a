import Bytes
import MediaDecoding

extension Raster {
    mutating func fill(_ x: Range<Int>, _ y: Range<Int>, _ colour: Colour) {
        for row in y.clamped(to: 0..<height) {
            for column in x.clamped(to: 0..<width) { set(row * width + column, colour) }
        }
    }

    /// Copies a raster so that its top left corner comes to a place; what falls outside is left out.
    mutating func place(_ other: Raster, _ left: Int, _ top: Int) {
        for row in 0..<other.height where (0..<height).contains(top + row) {
            for column in 0..<other.width where (0..<width).contains(left + column) {
                let (from, to) = (3 * (row * other.width + column), 3 * ((top + row) * width + left + column))
                for band in 0..<3 { pixels[to + band] = other.pixels[from + band] }
            }
        }
    }

    /// The outline of a region: a line with a white seam on both sides, so that it shows on every picture.
    mutating func outline(_ region: Region, _ colour: Colour, thickness: Double, seam: Double) {
        for (from, to) in region.sides { line(from, to, .white, thickness + 2 * seam) }
        for (from, to) in region.sides { line(from, to, colour, thickness) }
    }

    /// A line with round ends and smooth edges.
    mutating func line(_ from: OverlayRequest.Point, _ to: OverlayRequest.Point, _ colour: Colour, _ thickness: Double)
    {
        let reach = thickness / 2 + 1
        let limit = OverlayRequest.Point(Double(width), Double(height))
        let least = pointwiseMax(pointwiseMin(from, to) - reach, .zero)
        let greatest = pointwiseMin(pointwiseMax(from, to) + reach, limit)
        guard least.x < greatest.x, least.y < greatest.y else { return }
        let along = to - from
        let length = (along * along).sum()
        for row in Int(least.y)..<Int(greatest.y.rounded(.up)) {
            for column in Int(least.x)..<Int(greatest.x.rounded(.up)) {
                let point = OverlayRequest.Point(Double(column) + 0.5, Double(row) + 0.5)
                let share = length > 0 ? (((point - from) * along).sum() / length).clamped(0, 1) : 0
                let away = point - (from + along * share)
                blend(column, row, colour, Float(thickness / 2 + 0.5 - (away * away).sum().squareRoot()).clamped(0, 1))
            }
        }
    }

    /// Characters of ASCII, their line's top at `top`.
    ///
    /// - Parameter scale: 1 for 24 pixels, less for smaller ones.
    /// - Returns: Where the next character would begin.
    @discardableResult
    mutating func write(_ text: String, _ left: Int, _ top: Int, _ colour: Colour, scale: Double = 1) -> Int {
        var x = Double(left)
        for scalar in text.unicodeScalars {
            let glyph = Glyph.of(scalar)
            draw(glyph, x, Double(top), colour, scale)
            x += Double(glyph.advance) * scale
        }
        return Int(x)
    }

    static func textWidth(_ text: String, scale: Double = 1) -> Int {
        Int((Double(text.unicodeScalars.reduce(0) { $0 + Glyph.of($1).advance }) * scale).rounded(.up))
    }

    private mutating func draw(_ glyph: Glyph, _ x: Double, _ y: Double, _ colour: Colour, _ scale: Double) {
        let (left, top) = (x + Double(glyph.right) * scale, y + Double(glyph.down) * scale)
        let (right, bottom) = (left + Double(glyph.width) * scale, top + Double(glyph.height) * scale)
        guard glyph.width > 0 else { return }
        for row in Int(top)..<Int(bottom.rounded(.up)) {
            for column in Int(left)..<Int(right.rounded(.up)) {
                let ink = glyph.ink(
                    (Double(column) - left) / scale..<(Double(column + 1) - left) / scale,
                    (Double(row) - top) / scale..<(Double(row + 1) - top) / scale
                )
                blend(column, row, colour, ink)
            }
        }
    }
}
