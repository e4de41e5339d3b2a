/// Sums up the blocks of a comparison. Blocks that are flat in both pictures, such as a white background, count neither
/// for nor against.
struct BlockTally: Sendable, Equatable {
    /// Below it, in grey levels, a block of the registered picture is flat.
    private static let leastContrast = 3.0
    /// Where the registered picture is flat, so much in the other one is something new.
    private static let leastNewContrast = 6.0
    /// Blocks that correlate so well agree in full; from ``leastCorrelation`` on they agree in part.
    private static let fullCorrelation = 0.9
    private static let leastCorrelation = 0.6
    /// Textured blocks that correlate less show different things.
    private static let conflictCorrelation = 0.5
    /// The side in blocks of a window in which everything may differ: a quarter to a third of the picture's side.
    private static let holeSide = 3
    private static let leastHoleConflicts = 4
    private static let mostHoleAgreement = 0.5
    /// A banner may cover so much of the top or bottom: holes there are none.
    private static let edgeShare = 0.36

    /// Blocks with something to see in either picture.
    let textured: Int
    /// Of them, those that agree; parts of one for those that agree in part.
    let agreeing: Double
    /// Of them, those that are textured in both and show different things.
    let conflicting: Int
    /// Windows in which textured blocks conflict and next to nothing agrees, away from the upper and lower edge.
    let holes: Int

    init(_ blocks: [PixelComparison.Block]) {
        var (textured, conflicting, agreeing) = (0, 0, 0.0)
        for block in blocks {
            if Self.isTextured(block) || block.queryContrast >= Self.leastNewContrast { textured += 1 }
            if Self.isConflict(block) { conflicting += 1 }
            agreeing += Self.agreement(of: block)
        }
        self.textured = textured
        self.agreeing = agreeing
        self.conflicting = conflicting
        holes = Self.holes(in: blocks)
    }

    /// The share of textured blocks that agree, 0 to 1.
    var agreement: Double { textured == 0 ? 0 : agreeing / Double(textured) }

    /// The share that agrees less the share that conflicts, −1 to 1.
    var balance: Double { textured == 0 ? 0 : (agreeing - Double(conflicting)) / Double(textured) }

    private static func isTextured(_ block: PixelComparison.Block) -> Bool {
        block.registeredContrast >= leastContrast
    }

    private static func isConflict(_ block: PixelComparison.Block) -> Bool {
        isTextured(block) && block.queryContrast >= leastContrast && block.correlation < conflictCorrelation
    }

    private static func agreement(of block: PixelComparison.Block) -> Double {
        guard isTextured(block) else { return 0 }
        return max(0, min(1, (block.correlation - leastCorrelation) / (fullCorrelation - leastCorrelation)))
    }

    private static func holes(in blocks: [PixelComparison.Block]) -> Int {
        guard let top = blocks.map(\.row).min(), let bottom = blocks.map(\.row).max(),
            let left = blocks.map(\.column).min(), let right = blocks.map(\.column).max(),
            bottom - top + 1 >= holeSide, right - left + 1 >= holeSide
        else { return 0 }
        let edge = edgeShare * Double(bottom - top + 1)
        let (upper, lower) = (Double(top) + edge, Double(bottom + 1) - edge)
        let width = right - left + 1
        var conflicts = [Int](repeating: 0, count: width * (bottom - top + 1))
        var agreements = [Double](repeating: 0, count: conflicts.count)
        for block in blocks {
            let place = (block.row - top) * width + block.column - left
            conflicts[place] = isConflict(block) ? 1 : 0
            agreements[place] = agreement(of: block)
        }
        var holes = 0
        for row in top...bottom + 1 - holeSide
        where Double(row + holeSide) > upper && Double(row) < lower {
            for column in 0...width - holeSide {
                var (conflict, agreement) = (0, 0.0)
                for line in 0..<holeSide {
                    for place in 0..<holeSide {
                        let index = (row - top + line) * width + column + place
                        conflict += conflicts[index]
                        agreement += agreements[index]
                    }
                }
                if conflict >= leastHoleConflicts && agreement <= mostHoleAgreement { holes += 1 }
            }
        }
        return holes
    }
}
