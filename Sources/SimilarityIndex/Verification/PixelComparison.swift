#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Fingerprints

/// Compares the pixels of two pictures block by block, where a map says that they show the same.
struct PixelComparison {
    /// A block's place and what was found there.
    struct Block: Sendable {
        let column: Int
        let row: Int
        /// Standard deviations of brightness.
        let registeredContrast: Double
        let queryContrast: Double
        /// The correlation at the best small shift, −1 to 1. 0 where either is flat.
        let correlation: Double
        /// The shift, in pixels of the thumbnail.
        let shiftX: Int
        let shiftY: Int
    }

    /// Pixels of a block's side.
    static let blockSide = 8
    /// Below it a block is flat and nothing correlates.
    static let leastContrast = 1.0
    /// Of a block's pixels, so many at least lie inside the picture looked for.
    private static let leastInside = 58

    /// Blocks that correlate so well tell by how much the map is wrong.
    private static let guidingCorrelation = 0.7
    /// So many of them, for a correction that stretches, and for any.
    private static let affineBlocks = 8
    private static let leastBlocks = 3

    /// Blocks inside the picture looked for.
    let blocks: [Block]
    /// Standard deviations of the registered picture's blocks outside the picture looked for.
    let outside: [Double]
    /// The share of the registered picture that is inside the picture looked for.
    let covered: Double
    /// Of the thumbnail, in pixels, and where its first block begins.
    private let size: PlanePoint
    private let origin: PlanePoint

    /// - Parameters:
    ///   - thumbnail: The registered picture.
    ///   - query: The picture looked for, as it was sent.
    ///   - map: From the registered picture to the one looked for, both in parts of width and height.
    ///   - isInverted: Whether dark and bright are exchanged.
    ///   - shiftLimit: Pixels of the thumbnail by which a block may be shifted: what the map may be wrong by.
    init(thumbnail: LumaPlane, query: LumaPyramid, map: Homography, isInverted: Bool, shiftLimit: Int) {
        let (pixels, inside) = Self.warped(query, onto: thumbnail, by: map, isInverted: isInverted)
        let (width, height, side) = (thumbnail.width, thumbnail.height, Self.blockSide)
        var blocks: [Block] = []
        var outside: [Double] = []
        let (left, top) = (width % side / 2, height % side / 2)
        for row in 0..<height / side {
            for column in 0..<width / side {
                let (x, y) = (left + column * side, top + row * side)
                var count = 0
                for line in y..<y + side {
                    for place in x..<x + side where inside[line * width + place] { count += 1 }
                }
                let window = Window(thumbnail.pixels, width: width, x: x, y: y)
                guard count >= Self.leastInside else {
                    outside.append(window.contrast)
                    continue
                }
                blocks.append(Self.block(column, row, window, against: pixels, width, height, x, y, shiftLimit))
            }
        }
        self.blocks = blocks
        self.outside = outside
        covered = Double(inside.count { $0 }) / Double(inside.count)
        self.size = PlanePoint(x: Double(width), y: Double(height))
        self.origin = PlanePoint(x: Double(left), y: Double(top))
    }

    /// Corrects the map by the shifts at which the blocks agreed best.
    ///
    /// - Returns: `nil` when too few blocks agree.
    func corrected(_ map: Homography) -> Homography? {
        var (from, to): ([PlanePoint], [PlanePoint]) = ([], [])
        for block in blocks where block.correlation >= Self.guidingCorrelation && block.registeredContrast >= 4 {
            let middle = PlanePoint(
                x: origin.x + (Double(block.column) + 0.5) * Double(Self.blockSide),
                y: origin.y + (Double(block.row) + 0.5) * Double(Self.blockSide)
            )
            from.append(PlanePoint(x: middle.x / size.x, y: middle.y / size.y))
            to.append(
                PlanePoint(
                    x: (middle.x + Double(block.shiftX)) / size.x,
                    y: (middle.y + Double(block.shiftY)) / size.y
                )
            )
        }
        let freedom: Homography.Freedom = from.count >= Self.affineBlocks ? .affine : .similarity
        guard from.count >= Self.leastBlocks, let correction = Homography.fitted(freedom, from: from, to: to) else {
            return nil
        }
        return correction.followed(by: map)
    }

    private static func block(
        _ column: Int,
        _ row: Int,
        _ window: Window,
        against pixels: [UInt8],
        _ width: Int,
        _ height: Int,
        _ x: Int,
        _ y: Int,
        _ shiftLimit: Int
    ) -> Block {
        var best = (correlation: -1.0, x: 0, y: 0)
        let unshifted = Window(pixels, width: width, x: x, y: y)
        if window.contrast >= leastContrast {
            for shiftY in max(-shiftLimit, -y)...min(shiftLimit, height - blockSide - y) {
                for shiftX in max(-shiftLimit, -x)...min(shiftLimit, width - blockSide - x) {
                    let shifted = Window(pixels, width: width, x: x + shiftX, y: y + shiftY)
                    guard shifted.contrast >= leastContrast else { continue }
                    let correlation = window.correlation(with: shifted)
                    if correlation > best.correlation { best = (correlation, shiftX, shiftY) }
                }
            }
        }
        return Block(
            column: column,
            row: row,
            registeredContrast: window.contrast,
            queryContrast: unshifted.contrast,
            correlation: best.correlation == -1 ? 0 : best.correlation,
            shiftX: best.x,
            shiftY: best.y
        )
    }

    /// The picture looked for as the registered one would show it, and which pixels lie inside it.
    private static func warped(
        _ query: LumaPyramid,
        onto thumbnail: LumaPlane,
        by map: Homography,
        isInverted: Bool
    ) -> ([UInt8], [Bool]) {
        let (width, height) = (thumbnail.width, thumbnail.height)
        var pixels = [UInt8](repeating: 0, count: width * height)
        var inside = [Bool](repeating: false, count: width * height)
        let step: Double
        if let d = map.derivative(at: PlanePoint(x: 0.5, y: 0.5)) {
            let area = abs(d.xx * d.yy - d.xy * d.yx) * Double(query.width * query.height) / Double(width * height)
            step = area.squareRoot()
        } else {
            step = 1
        }
        let level = query.level(forStep: step)
        let (columns, rows) = (Double(level.width), Double(level.height))
        let e = map.elements
        for row in 0..<height {
            let v = (Double(row) + 0.5) / Double(height)
            for column in 0..<width {
                let u = (Double(column) + 0.5) / Double(width)
                let depth = e[6] * u + e[7] * v + e[8]
                guard depth > 1e-6 else { continue }
                let x = (e[0] * u + e[1] * v + e[2]) / depth
                let y = (e[3] * u + e[4] * v + e[5]) / depth
                guard x > -1, x < 2, y > -1, y < 2 else { continue }
                let pixel = level.pixel(x: x * columns - 0.5, y: y * rows - 0.5)
                pixels[row * width + column] = isInverted ? 255 - pixel : pixel
                inside[row * width + column] = x >= 0 && x <= 1 && y >= 0 && y <= 1
            }
        }
        return (pixels, inside)
    }
}

extension LumaPlane {
    /// Between four pixels, by their shares; beyond an edge, the edge.
    fileprivate func pixel(x: Double, y: Double) -> UInt8 {
        let x = max(0, min(Double(width - 1), x))
        let y = max(0, min(Double(height - 1), y))
        let (column, row) = (min(Int(x), width - 2), min(Int(y), height - 2))
        let (right, below) = (x - Double(column), y - Double(row))
        let first = row * width + column
        let above = Double(pixels[first]) * (1 - right) + Double(pixels[first + 1]) * right
        let under = Double(pixels[first + width]) * (1 - right) + Double(pixels[first + width + 1]) * right
        return UInt8(above * (1 - below) + under * below + 0.5)
    }
}

/// One block's pixels with their sums.
private struct Window {
    private static let side = PixelComparison.blockSide
    private static let count = Float(side * side)

    private var rows: InlineArray<8, SIMD8<Float>>
    private let sum: Float
    private let centredSquares: Float

    init(_ pixels: [UInt8], width: Int, x: Int, y: Int) {
        rows = InlineArray(repeating: SIMD8())
        var (sum, squares) = (SIMD8<Float>(), SIMD8<Float>())
        for row in 0..<Self.side {
            let start = (y + row) * width + x
            let line = SIMD8<Float>(
                SIMD8<UInt8>(
                    pixels[start],
                    pixels[start + 1],
                    pixels[start + 2],
                    pixels[start + 3],
                    pixels[start + 4],
                    pixels[start + 5],
                    pixels[start + 6],
                    pixels[start + 7]
                )
            )
            rows[row] = line
            sum += line
            squares += line * line
        }
        self.sum = sum.sum()
        centredSquares = max(0, squares.sum() - self.sum * self.sum / Self.count)
    }

    var contrast: Double { Double((centredSquares / Self.count).squareRoot()) }

    func correlation(with other: Window) -> Double {
        var products = SIMD8<Float>()
        for row in 0..<Self.side { products += rows[row] * other.rows[row] }
        let covariance = products.sum() - sum * other.sum / Self.count
        return Double(covariance / (centredSquares * other.centredSquares).squareRoot())
    }
}
