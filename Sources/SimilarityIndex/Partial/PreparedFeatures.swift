public import Fingerprints
import FeatureWords

/// A picture's features with their words looked up: the slow half of an insertion, for any thread to do.
public struct PreparedFeatures: Sendable, Equatable {
    /// Ways of the vocabulary's tree that are followed: with fewer, more features go under a word that is not their
    /// nearest.
    private static let branches = 2

    let postings: [Posting]

    /// Only the first ``PictureSketch/featureLimit`` features, the strongest, are taken.
    public init(_ features: LocalFeatures) {
        let taken = features.features.prefix(PictureSketch.featureLimit)
        let (words, signatures) = FeatureWords.nearest(
            to: taken.map(\.descriptor),
            branches: Self.branches,
            count: 1
        )
        postings = zip(taken, zip(words, signatures)).map { feature, nearest in
            Posting(word: nearest.0, signature: nearest.1, place: FeaturePlace(feature).packed)
        }
    }
}
