import Notary

/// Looking one photo up among a hundred thousand, from its bytes to the answer: decoding, fingerprints, the exact and the
/// partial index, and verification of every candidate against its stored sketch. One photo after the other, with one
/// decoder, so that one core at a time works.
///
/// Two kinds of photos: those that are registered, and others, which share parts with them where `tools/bench` rolled few
/// pictures into many.
struct Lookup {
    let surroundings: Surroundings
    let scale: Scale

    private static let registered = 100_000
    /// Searches that are not measured: the child starts, pages come into memory.
    private static let warmUpCount = 5

    func round() async throws -> [Sample] {
        let log = try await FilledPictures(surroundings, count: Self.registered)
        let ((notary, caller), opening) = try await timed { try log.open() }
        defer { notary.close() }
        let photos = Array(try surroundings.photos(scale.lookups + FilledPictures.donors))
        let copies = try await milliseconds(photos.prefix(FilledPictures.donors), notary, caller)
        let before = ProcessFacts.current.processorSecondsWithChildren
        let others = try await milliseconds(photos.dropFirst(FilledPictures.donors), notary, caller)
        let processor = ProcessFacts.current.processorSecondsWithChildren - before
        let among = "ms among \(Self.registered) (all but \(FilledPictures.donors) made up)"
        return [
            Sample("lookup.others.p50", others[0.5], among, mark: "< 60"),
            Sample("lookup.others.p99", others[0.99], among),
            Sample("lookup.others.cpu", processor * 1000 / Double(scale.lookups + Self.warmUpCount), "ms/photo"),
            Sample("lookup.copies.p50", copies[0.5], among, mark: "< 60"),
            Sample("lookup.copies.p99", copies[0.99], among),
            Sample("lookup.open", opening, "s for \(Self.registered) pictures"),
        ]
    }

    private func milliseconds(
        _ photos: ArraySlice<String>,
        _ notary: Notary,
        _ caller: Caller
    ) async throws -> Percentiles {
        for path in photos.prefix(Self.warmUpCount) { try await search(path, notary, caller) }
        var times: [Double] = []
        for path in photos {
            let (_, seconds) = try await timed { try await search(path, notary, caller) }
            times.append(seconds * 1000)
        }
        return Percentiles(times)
    }

    private func search(_ path: String, _ notary: Notary, _ caller: Caller) async throws {
        let upload = notary.makeUpload()
        // One byte more than was registered: other bytes, the same pixels.
        try upload.append(try contents(of: path) + [0])
        _ = try await notary.search(upload, declaredMediaType: "image/jpeg", for: caller)
    }
}
