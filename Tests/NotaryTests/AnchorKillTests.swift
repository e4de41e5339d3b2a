import Anchoring
import Bytes
import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Synchronization
import Testing

@testable import Notary

/// The process ends at every step between intent and receipt, and every write of the way fails; then the folder is opened
/// again. Each checkpoint takes effect exactly once, and none is lost.
@Suite struct AnchorKillTests {
    /// Ends the work at one step, as a killed process does: nothing after it is done.
    private final class Killer: Sendable {
        private let state = Mutex<(steps: [AnchorStep], fatal: Int?)>(([], nil))

        init(at number: Int?) { state.withLock { $0.fatal = number } }

        var steps: [AnchorStep] { state.withLock { $0.steps } }

        func reach(_ step: AnchorStep) throws {
            let isFatal = state.withLock { state in
                state.steps.append(step)
                return state.fatal.map { state.steps.count > $0 } ?? false
            }
            if isFatal { throw CancellationError() }
        }
    }

    /// Two checkpoints by way of a promise, a lost answer, a replacement.
    private static func ledger() -> ScriptedLedger {
        let ledger = ScriptedLedger("ledger")
        ledger.script(.loseAnswer, .promise, .confirm, .promise, .confirm)
        return ledger
    }

    /// Registers and anchors until both checkpoints are there or the process dies.
    private func work(_ office: Office, _ ledger: ScriptedLedger, _ killer: Killer, rounds: Int = 2) async throws {
        let notary = try office.open {
            $0.outsiders = [ledger.plan(interval: 1)]
            $0.anchorSteps = { outsider, step in if outsider == ledger.name { try killer.reach(step) } }
        }
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        ledger.onSubmit { bytes, size in
            let jobs = try? notary.store.anchorJobs(of: ledger.name, lane: .first)
            let job = jobs?.first { $0.size.value == size }
            #expect(job?.prepared == bytes && job?.state == .submitted, "what is sent is durable before")
        }
        let track = try #require(notary.anchoring[ledger.name])
        for round in 0..<rounds {
            _ = try await notary.register("\(round)", key: "\(round)", for: caller)
            for _ in 0..<6 {
                try await track.turn()
                office.clock.advance(seconds: 120)
            }
        }
    }

    @Test(.timeLimit(.minutes(10))) func everyStepMayBeTheLast() async throws {
        let counter = Killer(at: nil)
        let template = try Office()
        try await work(try template.copy(), Self.ledger(), counter)
        #expect(Set(counter.steps) == Set(AnchorStep.allCases))
        var lost = 0
        var doubled = 0
        for number in counter.steps.indices {
            let office = try template.copy()
            let ledger = Self.ledger()
            await #expect(throws: CancellationError.self) { try await work(office, ledger, Killer(at: number)) }
            try await work(office, ledger, Killer(at: nil))
            (lost, doubled) = try await judge(
                office,
                ledger,
                "step \(number), \(counter.steps[number])",
                (lost, doubled)
            )
        }
        #expect(lost == 0 && doubled == 0)
        print("Anchor kills: \(counter.steps.count) steps, \(lost) checkpoints lost, \(doubled) doubled")
    }

    @Test(.timeLimit(.minutes(10))) func everyWriteMayFail() async throws {
        let template = try Office()
        let counter = FaultyStorage(failing: nil)
        try await work(try template.copy(), counter)
        let names = counter.names
        #expect(names.contains("put anchorJobs") && names.contains("put anchors"))
        var lost = 0
        var doubled = 0
        for number in names.indices where names[number].contains("anchor") {
            for moment in FaultyStorage.Moment.allCases {
                let office = try template.copy()
                let ledger = Self.ledger()
                try? await work(office, FaultyStorage(failing: number, moment), ledger)
                try await work(office, ledger, Killer(at: nil))
                let what = "write \(number), \(names[number]), \(moment)"
                (lost, doubled) = try await judge(office, ledger, what, (lost, doubled))
            }
        }
        #expect(lost == 0 && doubled == 0)
    }

    private func work(_ office: Office, _ storage: FaultyStorage, _ ledger: ScriptedLedger = ledger()) async throws {
        let notary = try office.open {
            $0.outsiders = [ledger.plan(interval: 1)]
            storage.attach(to: &$0)
        }
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        storage.arm()
        let track = try #require(notary.anchoring[ledger.name])
        for round in 0..<2 {
            _ = try await notary.register("\(round)", key: "\(round)", for: caller)
            for _ in 0..<6 {
                try await track.turn()
                office.clock.advance(seconds: 120)
            }
        }
    }

    private func judge(
        _ office: Office,
        _ ledger: ScriptedLedger,
        _ what: String,
        _ counts: (lost: Int, doubled: Int)
    ) async throws -> (Int, Int) {
        let notary = try office.open { $0.outsiders = [ledger.plan(interval: 1)] }
        defer { notary.close() }
        let caller = try notary.localCaller(account: Notary.defaultAccountName)
        var (lost, doubled) = counts
        for round in 0..<2 {
            let made = try await notary.register("\(round)", key: "\(round)", for: caller)
            let registration = try #require(try notary.registration(made.id, for: caller))
            if registration.anchors.last?.state != .anchored {
                lost += 1
                Issue.record("\(what): \(round) is \(String(describing: registration.anchors.last))")
            }
        }
        for (size, count) in ledger.effects where count != 1 {
            doubled += 1
            Issue.record("\(what): the checkpoint of size \(size) took effect \(count) times")
        }
        let report = try notary.audit()
        #expect(report.isConsistent, "\(what): \(report.findings)")
        return (lost, doubled)
    }
}
