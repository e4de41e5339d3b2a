/// Decides whether the evidence is enough to say that one picture holds the other.
///
/// The numbers were chosen on the 66 alterations of 116 real photos against each other, and on 9,600 pairs of different
/// photos with the same banner, sticker, watermark, border or page around them. Different garments laid out alike agree
/// by up to 0.5 with up to 21 features; the same banner on different photos brings 140 features and agrees by 0.2.
struct CopyRule {
    /// Where features alone say little, pixels must say more: the least balance for a number of inliers, linear between.
    private static let leastBalance: [(inliers: Double, balance: Double)] = [
        (8, 0.95), (20, 0.8), (36, 0.45), (60, 0.25), (100, 0.2),
    ]
    /// Blocks that agree, where inliers are many and where they are few.
    private static let leastAgreeing = 3.0
    private static let leastAgreeingWithFew = 8.0
    private static let fewInliers = 30
    /// The registered picture must be there to this share, or the picture looked for must come out of the registered
    /// one to that: what lies between is a shared corner, such as a logo.
    private static let leastCovered = 0.5
    private static let leastExplained = 0.6
    /// Windows where everything differs while everything around agrees: another product in the same frame.
    private static let holeLimit = 2
    /// Without features, pixels of the whole picture must agree as well as this, in so many blocks.
    private static let leastBalanceOfPixels = 0.85
    private static let leastAgreeingOfPixels = 16.0
    private static let leastCoveredOfPixels = 0.9

    /// How far the evidence is from the edge of the decision: 0 at the edge, 1 at best; `nil` beyond it.
    static func margin(_ evidence: CopyEvidence) -> Double? {
        let tally = evidence.tally
        guard tally.holes <= holeLimit else { return nil }
        if evidence.inliers.isEmpty {
            guard tally.agreeing >= leastAgreeingOfPixels, evidence.pixels.covered >= leastCoveredOfPixels else {
                return nil
            }
            return margin(of: tally.balance, above: leastBalanceOfPixels)
        }
        let count = evidence.inliers.count
        guard tally.agreeing >= (count < fewInliers ? leastAgreeingWithFew : leastAgreeing),
            evidence.pixels.covered >= leastCovered || evidence.explained >= leastExplained,
            let least = leastBalance(for: count)
        else { return nil }
        return margin(of: tally.balance, above: least)
    }

    private static func margin(of balance: Double, above least: Double) -> Double? {
        balance >= least ? (balance - least) / (1 - least) : nil
    }

    private static func leastBalance(for inliers: Int) -> Double? {
        let count = Double(inliers)
        guard let first = leastBalance.first, count >= first.inliers else { return nil }
        for (low, high) in zip(leastBalance, leastBalance.dropFirst()) where count < high.inliers {
            let share = (count - low.inliers) / (high.inliers - low.inliers)
            return low.balance + share * (high.balance - low.balance)
        }
        return leastBalance.last?.balance
    }
}
