import Evidence
import EvidenceStore
import Fingerprints
import Foundation
import Logging
import MediaDecoding
import Notary

/// A log with many registered pictures, all but the first few made up, kept for the next run.
///
/// Each that is made up has the features of a real picture's kind at random places: every one is a real feature of some
/// photo with some bits flipped, so that words of the index are as crowded as real photos crowd them.
struct FilledPictures {
    let configuration: NotaryConfiguration

    /// Photos that are registered, and whose features the others are made of.
    static let donors = 60
    /// Bits of a descriptor's 256 that differ from the donor's: as many as between two views of one thing.
    private static let flippedBits = 24
    private static let batch = 256
    private static let batchesInFlight = 2

    init(_ surroundings: Surroundings, count: Int) async throws {
        var configuration = NotaryConfiguration(dataFolder: "\(surroundings.scratch)/pictures-\(count)")
        configuration.decoderChildren = 1
        self.configuration = configuration
        let photos = try surroundings.photos(Self.donors)
        // Half a log, and one made of other photos, is begun again.
        let complete = URL(filePath: configuration.dataFolder + "/complete")
        let donors = photos.joined(separator: "\n")
        if let earlier = try? String(contentsOf: complete, encoding: .utf8), earlier == donors { return }
        try? FileManager.default.removeItem(atPath: configuration.dataFolder)
        _ = try Notary.initialize(configuration, origin: "bench.example.org/pictures")
        let (notary, caller) = try open()
        defer { notary.close() }
        for path in photos {
            let upload = notary.makeUpload()
            try upload.append(try contents(of: path))
            _ = try await notary.register(upload, RegistrationRequest(), for: caller)
        }
        let sketches = try await Self.sketches(of: photos)
        let starts = Array(stride(from: Self.donors, to: count, by: Self.batch))
        try await forEach(starts, width: Self.batchesInFlight) { start in
            var generator = SplitMix(state: UInt64(start))
            let sealed = try (start..<min(start + Self.batch, count)).map { number in
                try notary.sealed(
                    BatchItem(DigestRegistrations.file(number), RegistrationRequest(channel: .digestOnly)),
                    pdq: PDQFingerprint(words: SIMD4<UInt64>.random(in: 0 ... .max, using: &generator)),
                    sketch: Self.sketch(from: sketches, &generator),
                    for: caller
                )
            }
            try await notary.sequence(sealed)
        }
        try Data(donors.utf8).write(to: complete)
    }

    func open() throws -> (Notary, Caller) {
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let notary = try Notary(configuration, logger: logger) { _ in
            throw BenchmarkError("No authority is configured.")
        }
        return (notary, try notary.localCaller(account: Notary.defaultAccountName))
    }

    private static func sketches(of photos: ArraySlice<String>) async throws -> [PictureSketch] {
        let pool = try DecoderPool(executable: nil, children: 1)
        defer { pool.shutdown() }
        var sketches: [PictureSketch] = []
        for path in photos {
            let picture = try await pool.picture(from: try contents(of: path), wanting: .registration)
            if let sketch = picture.sketch { sketches.append(sketch) }
        }
        guard !sketches.isEmpty else { throw BenchmarkError("No photo has local features.") }
        return sketches
    }

    private static func sketch(
        from donors: [PictureSketch],
        _ generator: inout SplitMix
    ) -> PictureSketch {
        let frame = donors[Int.random(in: 0..<donors.count, using: &generator)]
        let steps = LocalFeature.stepsPerPixel
        let features = (0..<PictureSketch.featureLimit).compactMap { _ -> LocalFeature? in
            let donor = donors[Int.random(in: 0..<donors.count, using: &generator)].features.features
            guard let feature = donor.randomElement(using: &generator) else { return nil }
            var descriptor = feature.descriptor
            for _ in 0..<flippedBits {
                let bit = Int.random(in: 0..<256, using: &generator)
                descriptor[bit / 64] ^= 1 << UInt64(bit % 64)
            }
            return LocalFeature(
                x: UInt16.random(in: 0...UInt16(frame.features.frameWidth * steps), using: &generator),
                y: UInt16.random(in: 0...UInt16(frame.features.frameHeight * steps), using: &generator),
                level: feature.level,
                angle: feature.angle,
                descriptor: descriptor
            )
        }
        let made = LocalFeatures(
            frameWidth: frame.features.frameWidth,
            frameHeight: frame.features.frameHeight,
            features: features
        )
        return PictureSketch(features: made ?? frame.features, thumbnail: frame.thumbnail)
    }
}
