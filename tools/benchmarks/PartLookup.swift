import Fingerprints
import Foundation
import MediaDecoding
import PixelDecoding
import SimilarityIndex

/// Looking pictures up by their parts, on one thread: among so many made-up pictures, whose features are those of real
/// photos with an eighth of their bits changed, so that they crowd under words as real ones do.
struct PartLookup {
    let surroundings: Surroundings
    let scale: Scale

    private static let queryCount = 20
    private static let candidateLimit = 20
    /// Pictures inserted at once.
    private static let batchCount = 2048
    /// What the compared signatures of a large index's look-up take: six million of 8 bytes.
    private static let comparedCount = 6 << 20

    func round() async throws -> [Sample] {
        try PixelDecoder.start()
        let planes = try surroundings.photos(Self.queryCount).map { try BareLoop.decoded(contents(of: $0)) }
        var pool: [LocalFeature] = []
        var queries: [QuerySketch] = []
        for plane in planes {
            let answer = try FeatureFinder.answer(to: [.registration, .query], of: plane)
            pool += answer.sketch?.features.features ?? []
            queries.append(
                QuerySketch(
                    readings: Dictionary(uniqueKeysWithValues: zip(QuerySketch.Reading.allCases, answer.readings)),
                    luma: plane
                )
            )
        }
        guard !pool.isEmpty else { throw BenchmarkError("The photos have no features.") }
        // No look-up that compares as much is faster than reading it.
        let limit = Double(Self.comparedCount * 8) / (MemorySpeed().sequentialGigabytesPerSecond * 1e6)
        var samples = [Sample("parts.look-up.limit", limit, "ms to read 6 M signatures")]
        let fitting = scale.indexedParts.filter { Self.byteCount(of: $0) < ProcessInfo.processInfo.physicalMemory }
        for count in fitting { samples += measured(count, pool, queries) }
        return samples
    }

    private func measured(_ count: Int, _ pool: [LocalFeature], _ queries: [QuerySketch]) -> [Sample] {
        let index = PartialIndex()
        var generator = SplitMix(state: UInt64(count))
        var preparing = Duration.zero
        for first in stride(from: 0, to: count, by: Self.batchCount) {
            let pictures = (first..<min(first + Self.batchCount, count)).map { number in
                (Self.picture(of: pool, using: &generator), EntryKey(lane: 0, index: UInt64(number)))
            }
            let start = ContinuousClock.now
            index.insert(contentsOf: pictures.map { (features: PartialIndex.prepared($0.0), key: $0.1) })
            preparing += ContinuousClock.now - start
            index.settle()
        }
        let start = ContinuousClock.now
        index.compact()
        let compacting = ContinuousClock.now - start
        var milliseconds: [Double] = []
        for query in queries {
            let start = ContinuousClock.now
            _ = index.candidates(for: query, limit: Self.candidateLimit)
            milliseconds.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        let name = "parts.\(count)"
        return [
            Sample("\(name).prepare", preparing / .milliseconds(1) / Double(count), "ms/photo"),
            Sample("\(name).compact", compacting / .seconds(1), "s"),
            Sample("\(name).look-up", milliseconds.sorted()[milliseconds.count / 2], "ms, 3 readings", mark: "≤ 15"),
            Sample("\(name).memory", Double(index.byteCount) / Double(count) / 1000, "kB/photo"),
        ]
    }

    /// An index of so many pictures, and as much again while its segments are merged.
    private static func byteCount(of count: Int) -> UInt64 { UInt64(count) * 13_000 }

    private static func picture(
        of pool: [LocalFeature],
        using generator: inout SplitMix
    ) -> LocalFeatures {
        let features = (0..<PictureSketch.featureLimit).compactMap { _ -> LocalFeature? in
            guard let feature = pool.randomElement(using: &generator) else { return nil }
            let noise = SIMD4<UInt64>.random(in: 0 ... .max, using: &generator)
            let half = SIMD4<UInt64>.random(in: 0 ... .max, using: &generator)
            let quarter = SIMD4<UInt64>.random(in: 0 ... .max, using: &generator)
            return LocalFeature(
                x: UInt16.random(in: 0..<5120, using: &generator),
                y: UInt16.random(in: 0..<3840, using: &generator),
                level: feature.level,
                angle: UInt8.random(in: 0...255, using: &generator),
                descriptor: feature.descriptor ^ (noise & half & quarter)
            )
        }
        guard let picture = LocalFeatures(frameWidth: 640, frameHeight: 480, features: features) else {
            preconditionFailure("All features lie in the frame.")
        }
        return picture
    }
}
