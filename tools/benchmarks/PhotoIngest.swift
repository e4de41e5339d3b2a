import Notary

/// File → durable registration: read, digests, decoding in children, PDQ, search, record, sealing, synced batch. Without
/// local features, like the limit; ``SizedIngest`` tells what those cost.
struct PhotoIngest {
    let surroundings: Surroundings
    let scale: Scale

    /// As many as `cinnabar import` has.
    private static let inFlight = 8
    /// Enough that every child has started before the clock does.
    private static let warmUpCount = 8

    func round() async throws -> [Sample] {
        var samples: [Sample] = []
        for children in [1, 2] {
            let loop = BareLoop(photos: Array(try surroundings.photos(scale.photos)))
            let decoding = try loop.rate(.decodingAlone, threads: children)
            let limit = try loop.rate(.everything, threads: children)
            let suffix = children == 1 ? "1-child" : "2-children"
            samples.append(Sample("ingest.limit.decoding.\(suffix)", decoding.perSecond, "photos/s"))
            samples.append(Sample("ingest.limit.\(suffix)", limit.perSecond, "photos/s"))
            samples.append(Sample("ingest.limit.cpu.\(suffix)", limit.processorMilliseconds, "ms/photo"))
            for keeps in [false, true] {
                let name = "\(suffix).\(keeps ? "kept" : "not-kept")"
                let ingest = try await rate(children: children, keepsOriginals: keeps)
                let share = 100 * ingest.perSecond / limit.perSecond
                let efficiency = 100 * limit.processorMilliseconds / ingest.processorMilliseconds
                samples.append(Sample("ingest.\(name)", ingest.perSecond, "photos/s"))
                samples.append(Sample("ingest.share.\(name)", share, "% of limit", mark: "≥ 70"))
                samples.append(Sample("ingest.cpu.\(name)", ingest.processorMilliseconds, "ms/photo"))
                samples.append(Sample("ingest.cpu-share.\(name)", efficiency, "% of limit"))
                samples.append(Sample("ingest.matched.\(name)", Double(ingest.matched), "photos"))
            }
        }
        return samples
    }

    private func rate(
        children: Int,
        keepsOriginals: Bool
    ) async throws -> (perSecond: Double, processorMilliseconds: Double, matched: Int) {
        let log = try TemporaryLog(
            surroundings,
            children: children,
            keepsOriginals: keepsOriginals,
            keepsSketches: false
        )
        defer { log.close() }
        let matched = Counter()
        let register: @Sendable (String) async throws -> Void = { path in
            if try await Self.register(path, in: log).earlier.isEmpty == false { matched.increment() }
        }
        let photos = try surroundings.photos(scale.photos + Self.warmUpCount)
        try await forEach(photos.suffix(Self.warmUpCount), width: Self.warmUpCount, register)
        let before = ProcessFacts.current.processorSecondsWithChildren
        let (_, seconds) = try await timed {
            try await forEach(photos.prefix(scale.photos), width: Self.inFlight, register)
        }
        let processor = ProcessFacts.current.processorSecondsWithChildren - before
        let count = Double(scale.photos)
        return (count / seconds, processor * 1000 / count, matched.value)
    }

    static func register(_ path: String, in log: TemporaryLog) async throws -> Registration {
        let upload = log.notary.makeUpload()
        try upload.append(try contents(of: path))
        return try await log.notary.register(
            upload,
            RegistrationRequest(declaredMediaType: "image/jpeg"),
            for: log.caller
        )
    }
}
