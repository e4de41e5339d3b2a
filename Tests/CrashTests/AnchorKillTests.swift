import Foundation
import Programs
import Testing

/// `kill -9` of the whole server while it anchors, again and again.
///
/// CINNABAR_ANCHOR_KILLS says how often, CINNABAR_SEED repeats the moments of an earlier run.
@Suite struct AnchorKillTests {
    private static func number<Number: LosslessStringConvertible>(_ name: String, _ standard: Number) -> Number {
        ProcessInfo.processInfo.environment[name].flatMap { Number($0) } ?? standard
    }

    private static let kills = max(1, number("CINNABAR_ANCHOR_KILLS", 3))
    private static let seed = number("CINNABAR_SEED", UInt64.random(in: 1...999_999))

    @Test func everyCheckpointIsAnchoredOnceWhateverTheKill() async throws {
        var run = try await AnchorKillRun(seed: Self.seed)
        for _ in 0..<Self.kills { try await run.kill() }
        try await run.judge()
        #expect(run.counts.isGood, "seed \(Self.seed): \(run.counts.text)")
        print("Anchor kills, seed \(Self.seed): \(run.counts.text)")
    }
}
