import Evidence
import Notary

/// File → durable registration as in an import, for photos of four sizes, with local features and with PDQ alone, beside
/// the bare decoding by libjpeg-turbo of the same photos.
///
/// All in photos for each second of processor time, children included: what one core does, whatever else runs.
struct SizedIngest {
    let surroundings: Surroundings
    let scale: Scale

    private static let inFlight = 8
    private static let warmUpCount = 2
    /// Sizes by their folder, with what is hoped for: of PDQ alone, and with features.
    private static let sizes: [(name: String, pdq: String, features: String?)] = [
        ("12mp", "≥ 48", nil), ("3mp", "≥ 155", nil), ("1mp", "≥ 370", "≥ 90"), ("500px", "≥ 1500", nil),
    ]

    func round() async throws -> [Sample] {
        var samples: [Sample] = []
        for (name, pdqMark, featureMark) in Self.sizes {
            let photos =
                try name == "1mp" ? Array(surroundings.photos(scale.photos)) : surroundings.photos(ofSize: name)
            let limit = 1000 / (try BareLoop(photos: photos).rate(.decodingAlone, threads: 1).processorMilliseconds)
            let pdq = try await perCore(photos, keepsSketches: false)
            let features = try await perCore(photos, keepsSketches: true)
            samples += [
                Sample("ingest.\(name).limit", limit, "photos/core-s"),
                Sample("ingest.\(name).pdq", pdq, "photos/core-s", mark: pdqMark),
                Sample("ingest.\(name).pdq.share", 100 * pdq / limit, "% of limit"),
                Sample("ingest.\(name).features", features, "photos/core-s", mark: featureMark),
                Sample("ingest.\(name).features.cost", 1000 / features - 1000 / pdq, "ms/photo"),
            ]
        }
        return samples
    }

    private func perCore(_ photos: [String], keepsSketches: Bool) async throws -> Double {
        let log = try TemporaryLog(surroundings, keepsSketches: keepsSketches)
        defer { log.close() }
        let request = RegistrationRequest(channel: .archiveImport, declaredMediaType: "image/jpeg")
        let register: @Sendable (String) async throws -> Void = { path in
            let upload = log.notary.makeUpload()
            try upload.append(try contents(of: path))
            _ = try await log.notary.register(upload, request, for: log.caller)
        }
        try await forEach(try surroundings.photos(Self.warmUpCount), width: 1, register)
        let before = ProcessFacts.current.processorSecondsWithChildren
        try await forEach(photos, width: Self.inFlight, register)
        let seconds = ProcessFacts.current.processorSecondsWithChildren - before
        return Double(photos.count) / seconds
    }
}
