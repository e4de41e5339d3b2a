/// Finds the map from the registered picture to the one looked for that most feature pairs follow.
///
/// No random choices: each promising pair is tried, since one pair of ORB features has place, size and direction, which
/// is a whole similarity.
struct TransformSearch {
    /// A map with the pairs that follow it.
    struct Result: Sendable {
        let transform: Homography
        /// One for each place of either picture.
        let inliers: [FeaturePair]
    }

    /// Of 256ths of a turn that pairs of one group are apart: 11 degrees.
    private static let turnStep = 8
    private static let turnBins = 256 / turnStep
    private static let levelBins = 20
    /// Groups of like turn and scale that are searched.
    private static let groupLimit = 3
    /// So many inliers in a larger group, and smaller groups are not searched.
    private static let decisive = 60
    /// Pairs of a group that are counted, and those that are tried as a map.
    private static let memberLimit = 240
    private static let seedLimit = 48
    /// How far a pair may lie from where a tried map has it, in parts of the registered picture's longer side, at the
    /// pair that made the map, and how much more per distance from there: direction and size are only roughly known.
    private static let seedTolerance = 0.02
    private static let seedSlope = 0.15
    /// The same for fitted maps, step by step.
    private static let steps: [(freedom: Homography.Freedom, tolerance: Double, least: Int)] = [
        (.similarity, 0.06, 3), (.affine, 0.04, 6), (.affine, 0.025, 6), (.affine, 0.015, 6), (.projective, 0.015, 12),
        (.projective, 0.012, 12),
    ]
    /// Two pairs nearer to each other than that, in either picture, count as one.
    private static let apart = 0.006

    let width: Double
    let height: Double

    /// - Parameter pairs: Candidates, most of them wrong.
    /// - Returns: `nil` when not even three pairs go together.
    func best(of pairs: [FeaturePair]) -> Result? {
        var best: Result?
        for group in groups(of: pairs) {
            guard let seed = bestSeed(in: group), let result = refined(seed, with: group, all: pairs) else { continue }
            if result.inliers.count > best?.inliers.count ?? 2 { best = result }
            if result.inliers.count >= Self.decisive { break }
        }
        return best
    }

    // MARK: - Groups

    /// Pairs whose turn and scale are alike, largest groups first, each ordered from the most alike descriptors.
    private func groups(of pairs: [FeaturePair]) -> [[FeaturePair]] {
        var counts = [Int](repeating: 0, count: Self.turnBins * Self.levelBins)
        for pair in pairs { counts[bin(of: pair)] += 1 }
        var taken = Set<Int>()
        var groups: [[FeaturePair]] = []
        let sums = counts.indices.map { bin in neighbours(of: bin).reduce(0) { $0 + counts[$1] } }
        for bin in sums.indices.sorted(by: { (sums[$0], counts[$0], $1) > (sums[$1], counts[$1], $0) }) {
            guard groups.count < Self.groupLimit, sums[bin] >= 3 else { break }
            let around = Set(neighbours(of: bin))
            guard around.isDisjoint(with: taken) || !taken.contains(bin) else { continue }
            taken.formUnion(around)
            let members = pairs.filter { around.contains(self.bin(of: $0)) }
            groups.append(Array(members.sorted(by: Self.isMoreAlike).prefix(Self.memberLimit)))
        }
        return groups
    }

    private static func isMoreAlike(_ left: FeaturePair, _ right: FeaturePair) -> Bool {
        (left.distanceBits, left.registeredIndex, left.queryIndex)
            < (right.distanceBits, right.registeredIndex, right.queryIndex)
    }

    private func bin(of pair: FeaturePair) -> Int {
        let level = max(0, min(Self.levelBins - 1, pair.levels + Self.levelBins / 2))
        return Int(pair.turn) / Self.turnStep * Self.levelBins + level
    }

    private func neighbours(of bin: Int) -> [Int] {
        let (turn, level) = (bin / Self.levelBins, bin % Self.levelBins)
        var neighbours: [Int] = []
        for turn in [turn + Self.turnBins - 1, turn, turn + 1] {
            for level in max(0, level - 1)...min(Self.levelBins - 1, level + 1) {
                neighbours.append(turn % Self.turnBins * Self.levelBins + level)
            }
        }
        return neighbours
    }

    // MARK: - Seeds

    private func bestSeed(in group: [FeaturePair]) -> Homography? {
        var best: (count: Int, transform: Homography)?
        for seed in group.prefix(Self.seedLimit) {
            let transform = Self.map(of: seed)
            let (a, b, x, y) = (
                transform.elements[0], transform.elements[3], transform.elements[2], transform.elements[5]
            )
            let squaredScale = seed.scale * seed.scale
            var count = 0
            var last = -1
            for pair in group {
                let dx = a * pair.registered.x - b * pair.registered.y + x - pair.query.x
                let dy = b * pair.registered.x + a * pair.registered.y + y - pair.query.y
                let reach = pair.registered.squaredDistance(to: seed.registered)
                let limit = Self.seedTolerance * Self.seedTolerance + Self.seedSlope * Self.seedSlope * reach
                if dx * dx + dy * dy < limit * squaredScale, pair.registeredIndex != last {
                    count += 1
                    last = pair.registeredIndex
                }
            }
            if count > best?.count ?? 2 { best = (count, transform) }
        }
        return best?.transform
    }

    private static func map(of pair: FeaturePair) -> Homography {
        let turned = Homography(scale: pair.scale, angle: Double(pair.turn) / 128 * .pi, x: 0, y: 0)
        guard let image = turned.image(of: pair.registered) else { return turned }
        return turned.followed(
            by: Homography(scale: 1, angle: 0, x: pair.query.x - image.x, y: pair.query.y - image.y)
        )
    }

    // MARK: - Fits

    private func refined(_ seed: Homography, with group: [FeaturePair], all: [FeaturePair]) -> Result? {
        var transform = seed
        var inliers = Self.inliers(of: transform, among: group, tolerance: 0.08)
        var result: Result?
        for step in Self.steps {
            guard inliers.count >= step.least,
                let fitted = Homography.fitted(
                    step.freedom,
                    from: inliers.map(\.registered),
                    to: inliers.map(\.query)
                ), fitted.isPlausible(width: width, height: height)
            else { break }
            let following = Self.inliers(of: fitted, among: all, tolerance: step.tolerance)
            guard following.count >= 3 else { break }
            // A freedom that does not pay is not taken.
            if step.freedom == .projective, let result, following.count < result.inliers.count { break }
            (transform, inliers) = (fitted, following)
            result = Result(transform: transform, inliers: inliers)
        }
        return result
    }

    /// The pairs that a map takes to within `tolerance`, each place once.
    private static func inliers(of map: Homography, among pairs: [FeaturePair], tolerance: Double) -> [FeaturePair] {
        guard let middle = map.derivative(at: PlanePoint(x: 0.5, y: 0.4)) else { return [] }
        let limit = tolerance * tolerance * abs(middle.xx * middle.yy - middle.xy * middle.yx)
        var following: [(error: Double, index: Int)] = []
        for index in pairs.indices {
            guard let image = map.image(of: pairs[index].registered) else { continue }
            let error = image.squaredDistance(to: pairs[index].query)
            if error < limit { following.append((error, index)) }
        }
        following.sort { ($0.error, $0.index) < ($1.error, $1.index) }
        var taken = [Bool](repeating: false, count: 2 * cellsPerSide * cellsPerSide)
        return following.compactMap { _, index in
            let places = (2 * cell(pairs[index].registered), 2 * cell(pairs[index].query) + 1)
            guard !taken[places.0], !taken[places.1] else { return nil }
            taken[places.0] = true
            taken[places.1] = true
            return pairs[index]
        }
    }

    private static let cellsPerSide = Int(1 / apart) + 1

    private static func cell(_ point: PlanePoint) -> Int {
        let column = max(0, min(cellsPerSide - 1, Int(point.x / apart)))
        return max(0, min(cellsPerSide - 1, Int(point.y / apart))) * cellsPerSide + column
    }
}
