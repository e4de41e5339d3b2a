/// Where two aligned pictures differ, after tones are made equal: in cells of two by two pixels.
struct DifferenceMap {
    /// A cell's side in pixels of the frame.
    static let cellPixels = 2

    let width: Int
    let height: Int
    /// For each cell, 0 or 1, softened at the edges.
    private(set) var strength: [Float]
    /// The share of the matching part that differs, 0 to 1.
    let share: Double

    /// Of 0 to 255, in the colour that differs most: less is noise, recompression and sharpening.
    private static let leastDifference: Float = 26
    /// Differences count from so many times the usual one.
    private static let usualTimes: Float = 5
    /// Of the matching part: a patch that is smaller is no part that a judge needs to see.
    private static let leastPatchShare = 0.0006
    /// In cells: by so much the alignment may be off without a difference.
    private static let slackCells = 2

    /// - Parameter blurPixels: Detail finer than this is not compared; a sketch has none.
    init(_ pair: AlignedPair, blurPixels: Int) {
        let query = CellPlane(pair.query, blurPixels: blurPixels)
        let registered = CellPlane(pair.registered, blurPixels: blurPixels)
        width = query.width
        height = query.height
        let (wide, high, frameWidth) = (width, height, pair.query.width)
        let whole = (0..<wide * high).map { cell in
            let (x, y) = (cell % wide * Self.cellPixels, cell / wide * Self.cellPixels)
            return pair.isShared[y * frameWidth + x]
        }
        // At the very edge, blurring, which goes twice as far as its radius, mixes in what lies beyond.
        let isShared = BitGrid(width: wide, height: high, bits: whole).shrunk(2 * query.blurCells + 1).bits
        let cells = isShared.indices.filter { isShared[$0] }
        let tones = ToneFit(from: cells.map { query.colours[$0] }, to: cells.map { registered.colours[$0] })
        let mapped = CellPlane(
            width: wide,
            height: high,
            colours: isShared.indices.map { tones.map(query.colours[$0], towards: registered.colours[$0]) }
        )
        var difference = [Float](repeating: 0, count: wide * high)
        for cell in cells {
            let there = registered.least(mapped.colours[cell], cell, Self.slackCells, isShared)
            let here = mapped.least(registered.colours[cell], cell, Self.slackCells, isShared)
            difference[cell] = max(there, here)
        }
        let usual = cells.isEmpty ? 0 : cells.map { difference[$0] }.sorted()[cells.count / 2]
        let limit = max(Self.leastDifference, usual * Self.usualTimes)
        var mask = BitGrid(width: wide, height: high, bits: difference.map { $0 > limit })
        mask = mask.grown(2).shrunk(2)
        mask.removePatches(smallerThan: max(6, Int(Double(cells.count) * Self.leastPatchShare)))
        mask.keep(isShared)
        share = cells.isEmpty ? 0 : Double(mask.count) / Double(cells.count)
        strength = mask.softened()
    }

    /// At a pixel of the frame, 0 to 1.
    func strength(_ x: Int, _ y: Int) -> Float {
        let column = (Double(x) + 0.5) / Double(Self.cellPixels) - 0.5
        let row = (Double(y) + 0.5) / Double(Self.cellPixels) - 0.5
        let (left, top) = (column.clamped(0, Double(width - 1)), row.clamped(0, Double(height - 1)))
        let (x0, y0) = (Int(left), Int(top))
        let (x1, y1) = (min(x0 + 1, width - 1), min(y0 + 1, height - 1))
        let (across, down) = (Float(left - Double(x0)), Float(top - Double(y0)))
        let upper = strength[y0 * width + x0] * (1 - across) + strength[y0 * width + x1] * across
        let lower = strength[y1 * width + x0] * (1 - across) + strength[y1 * width + x1] * across
        return upper * (1 - down) + lower * down
    }
}
