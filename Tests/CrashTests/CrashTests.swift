import Foundation
import MerkleLog
import Programs
import Testing

/// `kill -9` of the whole server under load, again and again.
///
/// CINNABAR_KILLS says how often, CINNABAR_SEED repeats the moments of an earlier run, CINNABAR_CRASH_FOLDERS says over
/// how many data folders the kills are spread, side by side.
@Suite struct CrashTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static func number<Number: LosslessStringConvertible>(_ name: String, _ standard: Number) -> Number {
        environment[name].flatMap { Number($0) } ?? standard
    }

    private static let kills = max(1, number("CINNABAR_KILLS", 8))
    private static let seed = number("CINNABAR_SEED", UInt64.random(in: 1...999_999))
    private static let folders = min(kills, max(1, number("CINNABAR_CRASH_FOLDERS", 1)))
    /// Every so many kills is one of a server that recovers from the kill before.
    private static let recoveryKillEvery = 4

    @Test func whatWasAcknowledgedSurvivesEveryKill() async throws {
        let counts = try await withThrowingTaskGroup { group in
            for folder in 0..<Self.folders {
                let share = Self.kills / Self.folders + (folder < Self.kills % Self.folders ? 1 : 0)
                group.addTask { try await Self.run(share, seed: Self.seed &+ UInt64(folder)) }
            }
            return try await group.reduce(into: KillCounts()) { $0 += $1 }
        }
        #expect(counts.isGood, "seed \(Self.seed): \(counts.text)")
        print("Crash test, seed \(Self.seed): \(counts.text)")
    }

    private static func run(_ kills: Int, seed: UInt64) async throws -> KillCounts {
        var run = try await CrashRun(seed: seed)
        for kill in 1...kills {
            if kill.isMultiple(of: recoveryKillEvery) {
                try await run.killWhileRecovering()
            } else {
                try await run.killUnderLoad()
            }
        }
        try await run.judgeTheWhole()
        return run.counts
    }
}
