import Fingerprints
import Foundation
import SimilarityIndex

/// Look-ups in the exact index: a picture in all eight orientations, everything within 31 bits, at several sizes.
///
/// The limit beside each is what reading takes: as many cache lines, at random, as eight separate fingerprints touch.
struct FingerprintLookUps {
    let surroundings: Surroundings
    let scale: Scale

    private static let pictures = 1000
    private static let matchLimit = 50
    private static let batch = 50_000
    private static let marks = [1_000_000: "≤ 0.1", 10_000_000: "≤ 0.2", 50_000_000: "≤ 0.5"]

    func round() async throws -> [Sample] {
        var samples: [Sample] = []
        for count in scale.fingerprints { samples += try await measured(count) }
        return samples
    }

    private func measured(_ count: Int) async throws -> [Sample] {
        let folder = try TemporaryFolder(in: surroundings.scratch)
        var synthetic = try SyntheticFingerprints(pictures: Self.pictures)
        let name = "index.\(count / 1_000_000)M"
        var samples: [Sample] = []
        // One in memory at a time: of fifty million each takes 7 GB.
        let (grown, seconds) = try await timed { () -> [Sample] in
            let index = try Self.open(folder.path)
            for first in stride(from: 0, to: count, by: Self.batch) {
                index.insert(contentsOf: synthetic.entries(first..<min(first + Self.batch, count), of: count))
            }
            index.settle()
            let grown = Self.times(index, synthetic)
            index.compact()
            return [Sample("\(name).as-grown", grown[0.5], "ms/picture")]
        }
        samples += grown + [Sample("\(name).build", seconds, "s")]
        let (index, loadSeconds) = try await timed { try Self.open(folder.path) }
        samples.append(Sample("\(name).load", loadSeconds, "s from the page cache", mark: "< 10"))
        let memory = MemorySpeed()
        let times = Self.times(index, synthetic)
        let (single, singleSeconds) = await timed {
            synthetic.pictures.reduce(0) { sum, picture in
                sum + index.lookups(for: [picture.fingerprint], limit: Self.matchLimit)[0].count
            }
        }
        let (batch, batchSeconds) = await timed { index.lookups(for: synthetic.pictures, limit: Self.matchLimit) }
        let missed = Self.missed(batch.map(\.matches))
        return samples + [
            Sample(name, times[0.5], "ms/picture", mark: Self.marks[count]),
            Sample("\(name).p99", times[0.99], "ms/picture"),
            Sample("\(name).limit", Self.limitMilliseconds(count, memory), "ms/picture"),
            Sample("\(name).one-orientation", singleSeconds * 1000 / Double(Self.pictures), "ms/fingerprint"),
            Sample("\(name).batch", batchSeconds * 1000 / Double(Self.pictures), "ms/picture"),
            Sample("\(name).missed", Double(missed), "of \(Self.pictures * SyntheticFingerprints.copies)", mark: "0"),
            Sample("\(name).found.one-orientation", Double(single), "copies"),
            Sample("\(name).memory", Double(index.byteCount) / Double(count), "bytes/entry", mark: "≤ 140"),
            Sample("\(name).random-read", memory.nanosecondsPerLine, "ns/line"),
        ]
    }

    private static func open(_ folder: String) throws -> FingerprintIndex {
        try FingerprintIndex(
            folder: folder,
            identity: { _ in [0] },
            report: { FileHandle.standardError.write(Data("\($0)\n".utf8)) }
        )
    }

    private static func times(_ index: FingerprintIndex, _ synthetic: SyntheticFingerprints) -> Percentiles {
        let clock = ContinuousClock()
        return Percentiles(
            synthetic.pictures.map { picture in
                let start = clock.now
                _ = index.lookup(for: picture, limit: matchLimit)
                return (clock.now - start) / .milliseconds(1)
            }
        )
    }

    /// Planted copies that were not found.
    private static func missed(_ matches: [[Match]]) -> Int {
        matches.reduce(0) { $0 + max(0, SyntheticFingerprints.copies - $1.count) }
    }

    /// Eight times 16 parts, 17 buckets each: their bounds, and two bytes for each entry in them.
    private static func limitMilliseconds(_ count: Int, _ memory: MemorySpeed) -> Double {
        let buckets = 8.0 * 16 * 17
        let lines = 1 + (Double(count) / 65536 * 2 / 64).rounded(.up)
        return buckets * lines * memory.nanosecondsPerLine / 1e6
    }
}
