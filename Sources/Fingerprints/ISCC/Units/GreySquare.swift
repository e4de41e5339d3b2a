/// The 32 × 32 pixels that an Image-Code is made of: plain borders cut off, then shrunk with a bicubic filter.
///
/// Source: iscc-sdk 0.9, `image_trim_tolerant`, and Pillow's `resize`, whose steps these are: columns first, rounded to
/// whole numbers in between. The reference judges borders by three colours, this by brightness.
struct GreySquare {
    private let plane: LumaPlane
    private var left = 0
    private var top = 0
    private var right: Int
    private var bottom: Int

    /// Row-major.
    static func pixels(of plane: LumaPlane) -> [UInt8] {
        var square = Self(plane)
        square.trim()
        return square.shrunk()
    }

    private init(_ plane: LumaPlane) {
        self.plane = plane
        right = plane.width
        bottom = plane.height
    }

    // MARK: Borders

    /// A picture in a border in a border.
    private static let trimLimit = 16
    /// How much a border may vary.
    private static let tolerance = 16

    private mutating func trim() {
        for _ in 0..<Self.trimLimit {
            guard let box = box(beyond: Self.tolerance), box != (left, top, right, bottom) else { return }
            let sides = [box.0 > left, box.1 > top, box.2 < right, box.3 < bottom].count { $0 }
            // On one side only it is as likely a sky: cut if it is quite plain.
            if sides == 1 {
                guard let plain = self.box(beyond: Self.tolerance / 2), plain == box else { return }
            }
            (left, top, right, bottom) = box
        }
    }

    /// What holds all pixels that differ by more from the first one; `nil` if none does.
    private func box(beyond tolerance: Int) -> (Int, Int, Int, Int)? {
        let pixels = plane.pixels
        let width = plane.width
        let first = Int(pixels[top * width + left])
        let least = UInt8(clamping: first - tolerance)
        let most = UInt8(clamping: first + tolerance)
        func isPlain(_ pixel: UInt8) -> Bool { pixel >= least && pixel <= most }
        func isPlain(row: Int) -> Bool { pixels[row * width + left..<row * width + right].allSatisfy(isPlain) }
        guard let newTop = (top..<bottom).first(where: { !isPlain(row: $0) }),
            let lastRow = (top..<bottom).last(where: { !isPlain(row: $0) })
        else { return nil }
        var newLeft = right
        var newRight = left
        for row in newTop...lastRow {
            let start = row * width
            if let column = (left..<newLeft).first(where: { !isPlain(pixels[start + $0]) }) { newLeft = column }
            if let column = (newRight..<right).last(where: { !isPlain(pixels[start + $0]) }) { newRight = column + 1 }
        }
        return (newLeft, newTop, newRight, lastRow + 1)
    }

    // MARK: Shrinking

    private func shrunk() -> [UInt8] {
        let side = ISCC.imageSide
        let columns = BicubicFilter(from: right - left, to: side)
        let rows = BicubicFilter(from: bottom - top, to: side)
        var narrow = [Float](repeating: 0, count: (bottom - top) * side)
        var line = [Float](repeating: 0, count: columns.paddedCount)
        for row in 0..<bottom - top {
            let start = (top + row) * plane.width
            Self.convert(plane.pixels.span.extracting(start + left..<start + right), to: &line)
            for column in 0..<side {
                narrow[column * (bottom - top) + row] = Self.rounded(columns.value(of: line, at: column))
            }
        }
        var pixels = [UInt8](repeating: 0, count: side * side)
        line = [Float](repeating: 0, count: rows.paddedCount)
        for column in 0..<side {
            for row in 0..<bottom - top { line[row] = narrow[column * (bottom - top) + row] }
            for row in 0..<side { pixels[row * side + column] = UInt8(Self.rounded(rows.value(of: line, at: row))) }
        }
        return pixels
    }

    private static func convert(_ pixels: Span<UInt8>, to line: inout [Float]) {
        var samples = line.mutableSpan
        for position in 0..<min(pixels.count, samples.count) { samples[position] = Float(pixels[position]) }
    }

    private static func rounded(_ value: Float) -> Float { (min(max(value, 0), 255) + 0.5).rounded(.down) }
}
