/// A raster in cells of two by two pixels, blurred.
struct CellPlane {
    let width: Int
    let height: Int
    let colours: [SIMD3<Float>]
    /// The blur's radius in cells.
    let blurCells: Int

    init(width: Int, height: Int, colours: [SIMD3<Float>]) {
        blurCells = 0
        self.width = width
        self.height = height
        self.colours = colours
    }

    /// - Parameter blurPixels: The blur's radius in pixels of the raster.
    init(_ raster: Raster, blurPixels: Int) {
        let side = DifferenceMap.cellPixels
        width = max(1, raster.width / side)
        height = max(1, raster.height / side)
        var cells: [SIMD3<Float>] = []
        cells.reserveCapacity(width * height)
        for row in 0..<height {
            for column in 0..<width {
                cells.append(raster.sample(Double(column * side + 1), Double(row * side + 1)))
            }
        }
        let radius = max(1, (blurPixels + side - 1) / side)
        blurCells = radius
        // Twice a box is close to a bell.
        for _ in 0..<2 {
            cells = Self.blurred(cells, lines: height, length: width, lineStep: width, step: 1, radius)
            cells = Self.blurred(cells, lines: width, length: height, lineStep: 1, step: width, radius)
        }
        colours = cells
    }

    /// How little a colour differs from those near a cell, in the band that differs most.
    func least(_ colour: SIMD3<Float>, _ cell: Int, _ slack: Int, _ isShared: [Bool]) -> Float {
        let (x, y) = (cell % width, cell / width)
        var least = Float.greatestFiniteMagnitude
        for row in max(0, y - slack)...min(height - 1, y + slack) {
            for column in max(0, x - slack)...min(width - 1, x + slack) where isShared[row * width + column] {
                let difference = colour - colours[row * width + column]
                let absolute = difference.replacing(with: -difference, where: difference .< 0)
                least = min(least, absolute.max())
            }
        }
        return least
    }

    private static func blurred(
        _ cells: [SIMD3<Float>],
        lines: Int,
        length: Int,
        lineStep: Int,
        step: Int,
        _ radius: Int
    ) -> [SIMD3<Float>] {
        var blurred = cells
        for line in 0..<lines {
            let start = line * lineStep
            var sum = SIMD3<Float>.zero
            var count: Float = 0
            for index in 0..<min(radius, length) {
                sum += cells[start + index * step]
                count += 1
            }
            for index in 0..<length {
                if index + radius < length {
                    sum += cells[start + (index + radius) * step]
                    count += 1
                }
                if index - radius > 0 {
                    sum -= cells[start + (index - radius - 1) * step]
                    count -= 1
                }
                blurred[start + index * step] = sum / count
            }
        }
        return blurred
    }
}
