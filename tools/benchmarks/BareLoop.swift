import Dispatch
import Fingerprints
import MediaDecoding
import OpenSSL
import PixelDecoding
import Synchronization

/// The least that ingest has to do, in threads of this process: no child, no record, no log, nothing stored.
struct BareLoop {
    enum Work { case everything, decodingAlone }

    let photos: [String]

    private static let pixelLimit = 100_000_000

    /// - Returns: Photos per second of wall time, and processor milliseconds for each.
    func rate(_ work: Work, threads: Int) throws -> (perSecond: Double, processorMilliseconds: Double) {
        // Decoding alone is about libjpeg-turbo, not about reading.
        let loaded = work == .decodingAlone ? try photos.map(contents) : []
        let next = Atomic<Int>(0)
        let failures = Atomic<Int>(0)
        let before = ProcessFacts.current.processorSeconds
        let start = ContinuousClock.now
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            while true {
                let position = next.add(1, ordering: .relaxed).oldValue
                guard position < photos.count else { return }
                do {
                    switch work {
                    case .everything: try Self.everything(contents(of: photos[position]))
                    case .decodingAlone: _ = try Self.decoded(loaded[position])
                    }
                } catch {
                    failures.add(1, ordering: .relaxed)
                }
            }
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let processor = ProcessFacts.current.processorSeconds - before
        guard failures.load(ordering: .relaxed) == 0 else { throw BenchmarkError("A photo does not decode.") }
        return (Double(photos.count) / seconds, processor * 1000 / Double(photos.count))
    }

    private static func everything(_ bytes: [UInt8]) throws {
        _ = SHA256.digest(of: bytes)
        _ = SM3.digest(of: bytes)
        _ = pdqFingerprint(of: try decoded(bytes))
    }

    static func decoded(_ bytes: [UInt8]) throws -> LumaPlane {
        let picture = try PixelDecoder.picture(from: bytes, as: .jpeg, pixelLimit: pixelLimit)
        return try LumaPlane(
            width: picture.facts.planeWidth,
            height: picture.facts.planeHeight,
            pixels: picture.plane
        )
    }
}
