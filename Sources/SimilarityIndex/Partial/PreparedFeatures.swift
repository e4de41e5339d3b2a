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
        postings = features.features.prefix(PictureSketch.featureLimit).map { feature in
            let (word, signature) = FeatureWords.nearest(to: feature.descriptor, branches: Self.branches, count: 1)[0]
            return Posting(word: word, signature: signature, place: FeaturePlace(feature).packed)
        }
    }
}
