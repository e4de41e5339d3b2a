/// Rows of red, green and blue, a byte each.
struct Raster {
    let width: Int
    let height: Int
    var pixels: [UInt8]

    /// - Precondition: Both sides are positive, and the pixels are as many.
    init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0 && pixels.count == width * height * 3, "a raster is whole")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    init(width: Int, height: Int, filled colour: Colour) {
        self.init(width: width, height: height, pixels: [UInt8](repeating: 0, count: width * height * 3))
        for place in 0..<width * height { set(place, colour) }
    }

    /// - Parameter grey: One byte a pixel.
    init(width: Int, height: Int, grey: [UInt8]) {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(grey.count * 3)
        for value in grey { pixels += [value, value, value] }
        self.init(width: width, height: height, pixels: pixels)
    }

    mutating func set(_ place: Int, _ colour: Colour) {
        pixels[3 * place] = colour.red
        pixels[3 * place + 1] = colour.green
        pixels[3 * place + 2] = colour.blue
    }

    /// Lays a colour over a pixel; places outside are left out.
    ///
    /// - Parameter opacity: 0 to 1.
    mutating func blend(_ x: Int, _ y: Int, _ colour: Colour, _ opacity: Float) {
        guard opacity > 0, (0..<width).contains(x), (0..<height).contains(y) else { return }
        let start = 3 * (y * width + x)
        let share = min(1, opacity)
        for (band, value) in [colour.red, colour.green, colour.blue].enumerated() {
            let below = Float(pixels[start + band])
            pixels[start + band] = UInt8((below + (Float(value) - below) * share + 0.5).clamped(0, 255))
        }
    }

    /// The colour between the four pixels around a point, by their distance from it. Pixel (0, 0) has its centre at
    /// (0.5, 0.5). Outside, the edge goes on.
    func sample(_ x: Double, _ y: Double) -> SIMD3<Float> {
        let (left, top) = ((x - 0.5).clamped(0, Double(width - 1)), (y - 0.5).clamped(0, Double(height - 1)))
        let (column, row) = (Int(left), Int(top))
        let (nextColumn, nextRow) = (min(column + 1, width - 1), min(row + 1, height - 1))
        let (across, down) = (Float(left - Double(column)), Float(top - Double(row)))
        let upper = at(column, row) * (1 - across) + at(nextColumn, row) * across
        let lower = at(column, nextRow) * (1 - across) + at(nextColumn, nextRow) * across
        return upper * (1 - down) + lower * down
    }

    private func at(_ x: Int, _ y: Int) -> SIMD3<Float> {
        let start = 3 * (y * width + x)
        return SIMD3(Float(pixels[start]), Float(pixels[start + 1]), Float(pixels[start + 2]))
    }

    /// Half as wide and high, by averaging; a side of one pixel stays.
    func halved() -> Raster {
        let (newWidth, newHeight) = (max(1, width / 2), max(1, height / 2))
        var halved = [UInt8](repeating: 0, count: newWidth * newHeight * 3)
        for row in 0..<newHeight {
            for column in 0..<newWidth {
                let columns = [2 * column, min(2 * column + 1, width - 1)]
                let rows = [2 * row, min(2 * row + 1, height - 1)]
                for band in 0..<3 {
                    var sum = 2
                    for y in rows { for x in columns { sum += Int(pixels[3 * (y * width + x) + band]) } }
                    halved[3 * (row * newWidth + column) + band] = UInt8(sum / 4)
                }
            }
        }
        return Raster(width: newWidth, height: newHeight, pixels: halved)
    }

    /// Reduced by halves until the wanted scale asks for no more than one and a half pixels for one.
    ///
    /// - Parameter pixelsPerPixel: How many of these pixels would go into one.
    func reduced(_ pixelsPerPixel: Double) -> Raster {
        var raster = self
        var rest = pixelsPerPixel
        while rest > 1.5, raster.width > 1, raster.height > 1 {
            raster = raster.halved()
            rest /= 2
        }
        return raster
    }
}

extension Comparable {
    func clamped(_ least: Self, _ greatest: Self) -> Self { min(max(self, least), greatest) }
}
