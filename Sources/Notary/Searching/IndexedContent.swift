import Fingerprints
import MediaDecoding
import SimilarityIndex

/// By what a registration is found besides its digests: what the indexes are told once it is sequenced.
struct IndexedContent: Sendable {
    /// Only of pictures that are ``Fingerprints/PDQResult/isIndexable``.
    var fingerprint: PDQFingerprint?
    var features: PreparedFeatures?
}

extension IndexedContent {
    init(of file: ExaminedFile) {
        fingerprint = file.pdq.flatMap { $0.isIndexable ? $0.fingerprint : nil }
        features = file.decoded?.sketch.map { PreparedFeatures($0.features) }
    }
}
