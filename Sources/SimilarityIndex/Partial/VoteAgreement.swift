import Glibc

/// How many of a picture's votes agree with one change of place, size and direction.
///
/// Each pair of features says all of such a change by itself. Each of the best votes is taken as the truth in turn, and
/// the others are asked whether they say about the same: votes of chance lie all over, those of a copied part do not,
/// whatever else is on the page. Weak on purpose: a change of aspect or perspective must pass.
struct VoteAgreement {
    /// Votes that are taken as the truth in turn.
    private static let trialLimit = 32
    /// Votes that are asked: enough to tell a match, and what bounds the time on pictures full of equal details.
    private static let voteLimit = 128
    /// Steps of the pyramid by which changes of size may differ.
    private static let levelTolerance = 1
    /// 256ths of a turn by which directions may differ: 25 degrees.
    private static let turnTolerance = 18
    /// By how much a feature may be off, in parts of its distance from the one taken as the truth.
    private static let relativeTolerance: Float = 0.25
    /// And in pixels of the registered frame.
    private static let absoluteTolerance: Float = 8
    /// More than a hash of places needs for ``voteLimit`` votes, so that two hardly ever meet.
    private static let placeSlots = 1 << 14

    private let cosines = (0..<256).map { Float(cos(Double($0) * .pi / 128)) }
    private let sines = (0..<256).map { Float(sin(Double($0) * .pi / 128)) }
    private let scales = (-16...16).map { Float(pow(1.2, Double($0))) }
    private var seenFeatures: [UInt32]
    private var seenPlaces: [UInt32]
    private var round: UInt32 = 0

    /// - Parameter featureCount: Of the picture looked for.
    init(featureCount: Int) {
        seenFeatures = Array(repeating: 0, count: featureCount)
        seenPlaces = Array(repeating: 0, count: Self.placeSlots)
    }

    /// The greatest sum of weights of votes that agree. Each feature of either picture counts once.
    mutating func score(_ votes: [Vote]) -> Float {
        var best: Float = 0
        let sorted = Array(votes.sorted { $0.weight > $1.weight }.prefix(Self.voteLimit))
        for truth in sorted.prefix(Self.trialLimit) { best = max(best, weight(of: sorted, agreeingWith: truth)) }
        return best
    }

    private mutating func weight(of votes: [Vote], agreeingWith truth: Vote) -> Float {
        let scale = scales[min(max(truth.levelStep, -16), 16) + 16]
        let cosine = cosines[Int(truth.turn)] * scale
        let sine = sines[Int(truth.turn)] * scale
        var sum: Float = 0
        round &+= 1
        for vote in votes {
            guard abs(vote.levelStep - truth.levelStep) <= Self.levelTolerance,
                abs(Int(Int8(bitPattern: vote.turn &- truth.turn))) <= Self.turnTolerance
            else { continue }
            let x = vote.queryX - truth.queryX
            let y = vote.queryY - truth.queryY
            let errorX = vote.registeredX - truth.registeredX - (cosine * x - sine * y)
            let errorY = vote.registeredY - truth.registeredY - (sine * x + cosine * y)
            let reach = (x * x + y * y).squareRoot() * scale
            let tolerance = Self.relativeTolerance * reach + Self.absoluteTolerance
            guard errorX * errorX + errorY * errorY <= tolerance * tolerance else { continue }
            let slot = Int(truncatingIfNeeded: (vote.place &* 0x9E37_79B1) >> 18)
            guard seenFeatures[Int(vote.feature)] != round, seenPlaces[slot] != round else { continue }
            seenFeatures[Int(vote.feature)] = round
            seenPlaces[slot] = round
            sum += vote.weight
        }
        return sum
    }
}
