import Fingerprints
import MediaDecoding
import PixelDecoding

/// What local features cost, on one thread of this process: those kept of a registered photo, and those of a query.
struct FeatureWork {
    let surroundings: Surroundings
    let scale: Scale

    /// A tenth of an ingest's photos: some are enough, since nothing else runs meanwhile.
    private var photoCount: Int { scale.photos / 10 }

    func round() async throws -> [Sample] {
        try PixelDecoder.start()
        let planes = try surroundings.photos(photoCount).map { try BareLoop.decoded(contents(of: $0)) }
        var samples: [Sample] = []
        let wishes: [(String, DecodeWish, String?)] = [
            ("registration", .registration, nil), ("query", .query, "≤ 25"),
        ]
        for (name, wish, mark) in wishes {
            let before = ProcessFacts.current.processorSeconds
            for plane in planes { _ = try FeatureFinder.answer(to: wish, of: plane).bytes(for: wish) }
            let seconds = ProcessFacts.current.processorSeconds - before
            samples.append(Sample("features.\(name)", seconds * 1000 / Double(planes.count), "ms/photo", mark: mark))
        }
        return samples
    }
}
