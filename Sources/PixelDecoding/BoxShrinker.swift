/// Shrinks a plane, row by row, by the whole factor that keeps its short side at the given length or more.
///
/// Each pixel becomes the mean of a factor × factor block, from the top left, rounded to nearest; blocks at the right
/// and bottom edge average the pixels they have. A factor of 1 changes nothing.
struct BoxShrinker {
    private(set) var plane: StoredPlane
    private let sourceWidth: Int
    private let sourceHeight: Int
    private let factor: Int
    private var sums: [UInt32]
    private var rowsSeen = 0

    init(width: Int, height: Int, shortSide: Int) {
        factor = max(1, min(width, height) / shortSide)
        sourceWidth = width
        sourceHeight = height
        let (newWidth, newHeight) = ((width + factor - 1) / factor, (height + factor - 1) / factor)
        plane = StoredPlane(width: newWidth, height: newHeight, pixels: [])
        plane.pixels.reserveCapacity(newWidth * newHeight)
        sums = [UInt32](repeating: 0, count: factor == 1 ? 0 : newWidth)
    }

    /// Takes the next of the plane's rows.
    mutating func append(_ row: [UInt8]) {
        precondition(row.count == sourceWidth && rowsSeen < sourceHeight, "rows of another plane")
        rowsSeen += 1
        guard factor > 1 else { return plane.pixels.append(contentsOf: row) }
        for block in sums.indices {
            let end = min((block + 1) * factor, sourceWidth)
            var sum = sums[block]
            for column in block * factor..<end { sum += UInt32(row[column]) }
            sums[block] = sum
        }
        if rowsSeen.isMultiple(of: factor) || rowsSeen == sourceHeight { finishBlocks() }
    }

    private mutating func finishBlocks() {
        let rows = (rowsSeen - 1) % factor + 1
        for block in sums.indices {
            let columns = min((block + 1) * factor, sourceWidth) - block * factor
            let count = UInt32(rows * columns)
            plane.pixels.append(UInt8(truncatingIfNeeded: (sums[block] + count / 2) / count))
            sums[block] = 0
        }
    }
}
