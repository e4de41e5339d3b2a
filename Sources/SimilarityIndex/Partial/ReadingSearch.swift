import FeatureWords
import Fingerprints
import Glibc

/// Looks for one reading of a picture in all segments and the tail.
struct ReadingSearch {
    /// Ways of the vocabulary's tree that are followed for a feature looked for, at least.
    private static let branches = 4
    /// Words that a feature is looked up under, at least, if the budget lasts.
    private static let words = 6
    /// With so few features each is looked up under as many words as there may be, and the time is still less.
    private static let fewFeatures = 300
    /// Bits of 64 by which signatures may differ: three quarters of true pairs under one word pass, 3 % of chance ones.
    private static let radius = 12
    /// The deviation of signatures of true pairs, for their weights.
    private static let deviation: Float = 9.6
    /// Registered pictures that have enough votes to be looked at: what bounds the time on pages of text.
    private static let groupLimit = 4096
    /// Of these, as many whose votes are held against each other.
    private static let rankedLimit = 512
    /// Directions in which votes are counted before: those of chance turn every way.
    private static let sectorCount = 16

    private let features: [LocalFeature]
    private let wordLimit: Int
    /// ``wordLimit`` of each feature, nearest first.
    private let probes: [Probe]

    /// - Parameter features: What is looked for.
    init(_ features: LocalFeatures) {
        self.features = Array(features.features.prefix(QuerySketch.featureLimit))
        let isFew = self.features.count <= Self.fewFeatures
        let wordLimit = isFew ? FeatureWords.probeLimit : Self.words
        self.wordLimit = wordLimit
        let (words, signatures) = FeatureWords.nearest(
            to: self.features.map(\.descriptor),
            branches: isFew ? FeatureWords.probeLimit : Self.branches,
            count: wordLimit
        )
        probes = words.indices.map { number in
            Probe(
                word: words[number],
                signature: signatures[number],
                feature: UInt16(number / wordLimit)
            )
        }
    }

    /// The best pictures by their numbers: those of the segments one behind another, then those of the tail.
    ///
    /// - Parameter budget: Features of the index that may be compared.
    func best(in state: PartialState, budget: Int, limit: Int) -> [(number: Int, score: Float)] {
        let hits = hits(in: state, probes: chosen(in: state, budget: budget))
        let pictureCount = state.pictureCount
        let weights = weights(of: hits, pictureCount: pictureCount)
        var groups = groups(of: hits, pictureCount: pictureCount).map { number, group in
            (number: number, votes: group.map { vote(hits[$0], weight: weights[Int(hits[$0].feature)]) })
        }
        if groups.count > Self.rankedLimit {
            let ranked = groups.indices.map { ($0, Self.crowd(groups[$0].votes)) }.sorted { $0.1 > $1.1 }
            groups = ranked.prefix(Self.rankedLimit).map { groups[$0.0] }
        }
        var agreement = VoteAgreement(featureCount: features.count)
        return groups.map { ($0.number, agreement.score($0.votes)) }.sorted { $0.1 > $1.1 }.prefix(limit).map(\.self)
    }

    /// In the order of features. The nearest words of all features come first, and of the rank that the budget does not
    /// last for those with the shortest lists: what is all over the index says its part only when there is time for it.
    private func chosen(in state: PartialState, budget: Int) -> [Probe] {
        var left = budget
        var isChosen = [Bool](repeating: false, count: probes.count)
        for rank in 0..<wordLimit {
            let numbers = stride(from: rank, to: probes.count, by: wordLimit)
            var counted = numbers.map { number in
                (number: number, count: state.segments.reduce(0) { $0 + $1.table.count(under: probes[number].word) })
            }
            let isEnough = counted.reduce(0) { $0 + $1.count } <= left
            if !isEnough { counted.sort { $0.count < $1.count } }
            for (number, count) in counted {
                guard count <= left else { break }
                left -= count
                isChosen[number] = true
            }
            if !isEnough { break }
        }
        return probes.indices.filter { isChosen[$0] }.map { probes[$0] }
    }

    /// Hits of one picture in the order of features; owners are numbers over all segments and the tail.
    private func hits(in state: PartialState, probes: [Probe]) -> [PostingHit] {
        var hits: [PostingHit] = []
        var first: UInt32 = 0
        for segment in state.segments {
            let found = segment.table.hits(for: probes, within: Self.radius)
            if first == 0 {
                hits = found
            } else {
                hits.append(contentsOf: found.lazy.map { $0.moved(by: first) })
            }
            first += UInt32(segment.keys.count)
        }
        if !state.tail.isEmpty { appendTail(of: state, probes: probes, first: first, to: &hits) }
        return hits
    }

    /// The tail has no lists: each of its features asks whether its word is looked for.
    private func appendTail(of state: PartialState, probes: [Probe], first: UInt32, to hits: inout [PostingHit]) {
        var firstProbes = [Int32](repeating: -1, count: FeatureWords.count)
        var nextProbes = [Int32](repeating: -1, count: probes.count)
        for number in probes.indices.reversed() {
            nextProbes[number] = firstProbes[Int(probes[number].word)]
            firstProbes[Int(probes[number].word)] = Int32(number)
        }
        for (row, entry) in state.tail.enumerated() {
            var found: [PostingHit] = []
            for posting in entry.features.postings {
                var number = firstProbes[Int(posting.word)]
                while number >= 0 {
                    let probe = probes[Int(number)]
                    let distance = (probe.signature ^ posting.signature).nonzeroBitCount
                    if distance <= Self.radius {
                        found.append(
                            PostingHit(
                                owner: first + UInt32(row),
                                place: posting.place,
                                feature: probe.feature,
                                distance: UInt16(distance)
                            )
                        )
                    }
                    number = nextProbes[Int(number)]
                }
            }
            hits.append(contentsOf: found.sorted { $0.feature < $1.feature })
        }
    }

    /// What is like many registered pictures' features says little.
    private func weights(of hits: [PostingHit], pictureCount: Int) -> [Float] {
        var counts = [Int](repeating: 0, count: features.count)
        for hit in hits { counts[Int(hit.feature)] += 1 }
        return counts.map { log(1 + Float(pictureCount) / Float(1 + $0)) }
    }

    /// Pictures that share at least two features with the one looked for, with their hits' numbers.
    private func groups(of hits: [PostingHit], pictureCount: Int) -> [(number: Int, hits: [Int])] {
        var counts = [UInt16](repeating: 0, count: pictureCount)
        var last = [UInt16](repeating: .max, count: pictureCount)
        for hit in hits where last[Int(hit.owner)] != hit.feature {
            last[Int(hit.owner)] = hit.feature
            counts[Int(hit.owner)] += 1
        }
        var pictures = [Int](repeating: 0, count: features.count + 1)
        for count in counts { pictures[Int(count)] += 1 }
        var threshold = features.count + 1
        var sum = 0
        while threshold > 2, sum + pictures[threshold - 1] <= Self.groupLimit {
            threshold -= 1
            sum += pictures[threshold]
        }
        var slots = [Int32](repeating: -1, count: pictureCount)
        var groups: [(number: Int, hits: [Int])] = []
        for (number, count) in counts.enumerated() where count >= threshold {
            slots[number] = Int32(groups.count)
            groups.append((number, []))
        }
        for (number, hit) in hits.enumerated() where slots[Int(hit.owner)] >= 0 {
            groups[Int(slots[Int(hit.owner)])].hits.append(number)
        }
        return groups
    }

    private func vote(_ hit: PostingHit, weight: Float) -> Vote {
        let feature = features[Int(hit.feature)]
        let place = FeaturePlace(packed: hit.place)
        let distance = Float(hit.distance) / Self.deviation
        let step = Float(LocalFeature.stepsPerPixel)
        return Vote(
            feature: hit.feature,
            place: hit.place,
            queryX: Float(feature.x) / step,
            queryY: Float(feature.y) / step,
            registeredX: place.x,
            registeredY: place.y,
            queryLevel: Int(feature.level),
            levelStep: place.level - Int(feature.level),
            turn: place.angle &- feature.angle,
            weight: weight * exp(-0.5 * distance * distance)
        )
    }

    /// The weight of the votes that turn one way.
    private static func crowd(_ votes: [Vote]) -> Float {
        var sums = InlineArray<16, Float>(repeating: 0)
        for vote in votes { sums[Int(vote.turn) * sectorCount >> 8] += vote.weight }
        return (0..<sectorCount).reduce(0) { max($0, sums[$1] + sums[($1 + 1) % sectorCount]) }
    }
}

extension PostingHit {
    fileprivate func moved(by count: UInt32) -> Self {
        PostingHit(owner: owner + count, place: place, feature: feature, distance: distance)
    }
}
