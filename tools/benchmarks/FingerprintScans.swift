import Fingerprints
import SimilarityIndex

/// Comparing everything with 64 fingerprints at once, for any radius.
///
/// The limits beside it: reading the fingerprints once for all 64, and reading them once for each.
struct FingerprintScans {
    let surroundings: Surroundings
    let scale: Scale

    private static let count = 10_000_000
    private static let quickCount = 1_000_000
    private static let queries = 64
    private static let distanceBits = 60
    private static let matchLimit = 50
    private static let batch = 50_000

    func round() async throws -> [Sample] {
        let count = scale.fingerprints.contains(Self.count) ? Self.count : Self.quickCount
        var synthetic = try SyntheticFingerprints(pictures: Self.queries)
        let index = FingerprintIndex()
        for first in stride(from: 0, to: count, by: Self.batch) {
            index.insert(contentsOf: synthetic.entries(first..<min(first + Self.batch, count), of: count))
        }
        index.compact()
        let queries = synthetic.pictures.map(\.fingerprint)
        let memory = MemorySpeed()
        var milliseconds: [Double] = []
        for _ in 0..<scale.rounds {
            let (_, seconds) = await timed {
                index.scan(for: queries, within: Self.distanceBits, limit: Self.matchLimit)
            }
            milliseconds.append(seconds * 1000 / Double(Self.queries))
        }
        let passMilliseconds = Double(count * PDQFingerprint.byteCount) / memory.sequentialGigabytesPerSecond / 1e6
        let name = "scan.\(count / 1_000_000)M"
        return [
            Sample(
                name,
                Percentiles(milliseconds)[0.5],
                "ms/fingerprint",
                mark: count == Self.count ? "≤ 4.5" : nil
            ),
            Sample("\(name).limit.shared-pass", passMilliseconds / Double(Self.queries), "ms/fingerprint"),
            Sample("\(name).limit.own-pass", passMilliseconds, "ms/fingerprint"),
            Sample("\(name).memory-speed", memory.sequentialGigabytesPerSecond, "GB/s"),
        ]
    }
}
