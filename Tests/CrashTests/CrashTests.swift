import Foundation
import MerkleLog
import Programs
import Testing

/// `kill -9` of the whole server in mid-load, again and again.
///
/// CINNABAR_KILLS says how often, CINNABAR_SEED repeats the moments of an earlier run.
@Suite struct CrashTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let kills = environment["CINNABAR_KILLS"].flatMap { Int($0) } ?? 3
    private static let seed = environment["CINNABAR_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 1...999_999)
    /// Every so many kills, the next server is killed as well while it recovers.
    private static let recoveryKillEvery = 3

    @Test func whatWasAcknowledgedSurvivesEveryKill() async throws {
        var run = try await CrashRun(seed: Self.seed)
        for kill in 1...max(1, Self.kills) {
            try await run.killInMidLoad()
            if kill.isMultiple(of: Self.recoveryKillEvery) { try await run.killWhileRecovering() }
            try await run.checkAfterRestart()
        }
        try await run.checkTheWhole()
        print("Crash test, seed \(Self.seed): \(run.summary)")
    }
}
