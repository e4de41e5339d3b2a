import Anchoring
import Bytes
import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import Synchronization
import Testing

@testable import Notary

/// Outsiders that are down, slow, refuse, or answer nonsense; deadlines, pauses and the quorum.
@Suite struct AnchorFaultTests {
    private let office: Office
    private let first = ScriptedLedger("first")
    private let second = ScriptedLedger("second")

    init() throws { office = try Office() }

    private func open(_ plans: [OutsiderPlan]? = nil) throws -> (Notary, Caller) {
        let notary = try office.open { $0.outsiders = plans ?? [first.plan(), second.plan()] }
        return (notary, try notary.localCaller(account: Notary.defaultAccountName))
    }

    private func turn(_ notary: Notary, _ ledger: ScriptedLedger) async throws {
        try await #require(notary.anchoring[ledger.name]).turn()
    }

    private func anchor(_ ledger: ScriptedLedger, _ made: Registration, _ notary: Notary, _ caller: Caller) throws
        -> Registration.Anchor
    {
        let registration = try #require(try notary.registration(made.id, for: caller))
        return try #require(registration.anchors.first { $0.outsider == ledger.name })
    }

    @Test func twoOutsidersMakeAnEntryAnchored() async throws {
        let (notary, caller) = try open()
        defer { notary.close() }
        let made = try await notary.register("a", for: caller)
        let due = office.clock.now.milliseconds + 4_200_000
        #expect(made.anchors.map(\.outsider) == ["self-operated", "first", "second"])
        #expect(made.anchors[1].dueBy == UTCTime(milliseconds: due) && made.anchors[1].state == .waiting)
        #expect(made.state == .published && made.anchorQuorum == 2)
        try await turn(notary, first)
        #expect(try anchor(first, made, notary, caller).state == .anchored)
        #expect(try anchor(first, made, notary, caller).dueBy == nil)
        #expect(try anchor(second, made, notary, caller).state == .waiting)
        #expect(try notary.registration(made.id, for: caller)?.state == .published)
        second.script(.promise)
        try await turn(notary, second)
        #expect(try anchor(second, made, notary, caller).state == .promised)
        office.clock.advance(seconds: 60)
        try await turn(notary, second)
        let anchored = try #require(try notary.registration(made.id, for: caller))
        #expect(anchored.state == .anchored)
        #expect(anchored.stateMeans.contains("first, second"))
        #expect(anchored.json["anchors"]?.arrayValue?[2]["state"] == "anchored")

        let bytes = try #require(try await notary.evidenceFile(of: made.id, for: caller))
        let (file, _) = try EvidenceFile.reading(bytes)
        let folder = try #require(file.checkpointFolders.first)
        #expect(file.anchors(of: folder).map(\.name) == ["first.scripted", "second.scripted", "self-operated.tsr"])
        let report = try notary.audit()
        #expect(report.isConsistent, "\(report.findings)")
    }

    @Test func anOutsiderOfOurOwnCountsForNoQuorum() async throws {
        let (notary, caller) = try open([first.plan(), second.plan(isSelfOperated: true)])
        defer { notary.close() }
        let made = try await notary.register("a", for: caller)
        for ledger in [first, second] { try await turn(notary, ledger) }
        #expect(try anchor(second, made, notary, caller).isSelfOperated)
        #expect(try notary.registration(made.id, for: caller)?.state == .published)
    }

    @Test func whatIsDownIsAskedAgainWithTheSameBytes() async throws {
        let (notary, caller) = try open()
        defer { notary.close() }
        first.script(.loseAnswer, .fail(.refused), .fail(.unreachable))
        let made = try await notary.register("a", for: caller)
        for pause in [5, 10, 20] as [Int64] {
            try await turn(notary, first)
            let count = first.submissions.count
            try await turn(notary, first)
            #expect(first.submissions.count == count, "it rests")
            #expect(try anchor(first, made, notary, caller).state == .submitted)
            office.clock.advance(seconds: pause)
        }
        #expect(notary.anchoring["first"]?.standing.failures == 3)
        try await turn(notary, first)
        #expect(first.submissions.count == 4 && Set(first.submissions).count == 1)
        #expect(first.effects == [1: 1])
        #expect(try anchor(first, made, notary, caller).state == .anchored)
        #expect(notary.anchoring["first"]?.standing.lastFailure == nil)
    }

    @Test func oneThatStallsStopsNobodyElse() async throws {
        let (notary, caller) = try open()
        defer { notary.close() }
        first.script(.stall)
        let made = try await notary.register("a", for: caller)
        async let stalled: Void = turn(notary, first)
        try await turn(notary, second)
        #expect(try anchor(second, made, notary, caller).state == .anchored)
        _ = try await notary.register("b", for: caller)
        try await stalled
        #expect(notary.anchoring["first"]?.standing.lastFailure?.contains("2 seconds") == true)
        #expect(try anchor(first, made, notary, caller).state == .submitted)
        office.clock.advance(seconds: 5)
        try await turn(notary, first)
        #expect(first.effects == [1: 1])
    }

    @Test(arguments: ["other.scripted", "first.tsr"]) func aWrongAnswerIsNotKept(name: String) async throws {
        let (notary, caller) = try open()
        defer { notary.close() }
        first.script(.give([AnchorFile(name: name, bytes: [1, 2, 3])]))
        let made = try await notary.register("a", for: caller)
        try await turn(notary, first)
        #expect(notary.anchoring["first"]?.standing.failures == 1)
        #expect(try anchor(first, made, notary, caller).state == .submitted)
        #expect(try notary.audit().isConsistent)
        office.clock.advance(seconds: 5)
        try await turn(notary, first)
        #expect(try anchor(first, made, notary, caller).state == .anchored)
    }

    @Test func otherBytesAreDurableBeforeTheyAreSent() async throws {
        let (notary, caller) = try open()
        defer { notary.close() }
        first.script(.replace)
        _ = try await notary.register("a", for: caller)
        try await turn(notary, first)
        #expect(first.submissions.count == 2 && Set(first.submissions).count == 2)
        #expect(first.effects == [1: 1] && first.preparedCount == 1)
    }

    @Test func oneRootAnIntervalAndTheNewest() async throws {
        let (notary, caller) = try open([first.plan(interval: 600)])
        defer { notary.close() }
        for number in 0..<3 { _ = try await notary.register("\(number)", for: caller) }
        try await turn(notary, first)
        for number in 3..<6 {
            _ = try await notary.register("\(number)", for: caller)
            try await turn(notary, first)
        }
        #expect(first.effects == [3: 1])
        office.clock.advance(seconds: 600)
        try await turn(notary, first)
        try await turn(notary, first)
        #expect(first.effects == [3: 1, 6: 1])
    }

    @Test func whatWasNotSentGivesWayToTheNewest() async throws {
        let (notary, caller) = try open([first.plan(interval: 1)])
        defer { notary.close() }
        first.refuseToPrepare(once: true)
        _ = try await notary.register("a", for: caller)
        try await turn(notary, first)
        #expect(notary.anchoring["first"]?.standing.failures == 1 && first.submissions.isEmpty)
        _ = try await notary.register("b", for: caller)
        try await turn(notary, first)
        #expect(try notary.store.anchorJobs(of: "first", lane: .first).map(\.size.value) == [1], "it rests")
        office.clock.advance(seconds: 5)
        try await turn(notary, first)
        #expect(first.effects == [2: 1])
    }

    @Test func asManyAreUnderWayAsTheOutsiderTakes() async throws {
        let calendar = ScriptedLedger("calendar", concurrency: 2)
        let (notary, caller) = try open([calendar.plan(interval: 1)])
        defer { notary.close() }
        calendar.script(.promise, .promise, .promise, .promise, .promise)
        for number in 0..<4 {
            _ = try await notary.register("\(number)", for: caller)
            try await turn(notary, calendar)
            office.clock.advance(seconds: 1)
        }
        #expect(calendar.effects == [1: 1, 2: 1] && notary.anchoring["calendar"]?.standing.jobs == 2)
    }

    @Test func aLostPromiseEndsWhenALargerCheckpointIsConfirmed() async throws {
        let calendar = ScriptedLedger("calendar", concurrency: 2)
        let (notary, caller) = try open([calendar.plan(interval: 1, deadline: 600)])
        defer { notary.close() }
        calendar.script(.promise)
        let made = try await notary.register("a", for: caller)
        try await turn(notary, calendar)
        office.clock.advance(seconds: 1)
        _ = try await notary.register("b", for: caller)
        try await turn(notary, calendar)
        #expect(try notary.store.anchorJobs(of: "calendar", lane: .first).map(\.size.value) == [1, 2])
        office.clock.advance(seconds: 1200)
        try await turn(notary, calendar)
        #expect(try notary.store.anchorJobs(of: "calendar", lane: .first).map(\.size.value) == [2])
        #expect(notary.anchoring["calendar"]?.standing.jobs == 0)
        #expect(try notary.store.anchor(of: "calendar", size: TreeSize(1), lane: .first)?.isComplete == false)
        #expect(try anchor(calendar, made, notary, caller).state == .anchored)
        #expect(try notary.audit().isConsistent)
    }

    @Test func aMissedDeadlineIsSeenAndRegistrationsGoOn() async throws {
        let (notary, caller) = try open([first.plan(deadline: 600)])
        defer { notary.close() }
        first.script(.promise)
        let made = try await notary.register("a", for: caller)
        try await turn(notary, first)
        #expect(await notary.health().warnings.isEmpty)
        office.clock.advance(seconds: 1201)
        first.script(.promise)
        try await turn(notary, first)
        let health = await notary.health()
        #expect(health.isHealthy && health.json["status"] == "degraded")
        #expect(health.warnings.contains { $0.hasPrefix("first ") })
        #expect(health.json["anchors"]?["first"]?["late"] == true)
        let metric = notary.metrics().first { $0.name == "cinnabar_anchor_late" && $0.labels["outsider"] == "first" }
        #expect(metric?.value == 1)
        let late = try anchor(first, made, notary, caller)
        #expect(late.isLate && late.means.contains("late") && late.state == .promised)
        #expect(try notary.anchorStatus(of: "first")["outsiders"]?.arrayValue?.first?["state"] == "late")
        office.clock.advance(seconds: 60)
        try await turn(notary, first)
        #expect(await !notary.health().warnings.contains { $0.hasPrefix("first ") })
        #expect(try !anchor(first, made, notary, caller).isLate)
    }

    @Test func whatIsOlderThanTheOutsiderWasNeverPromised() async throws {
        try await office.whileOpen { notary, caller in _ = try await notary.register("old", for: caller) }
        office.clock.advance(seconds: 1_000_000)
        let (notary, _) = try open()
        defer { notary.close() }
        #expect(await !notary.health().warnings.contains { $0.hasPrefix("first ") })
        office.clock.advance(seconds: 4201)
        #expect(await notary.health().warnings.contains { $0.hasPrefix("first ") })
    }

    @Test func aPauseHoldsOverARestartUntilItIsResumed() async throws {
        var (notary, caller) = try open()
        _ = try notary.setAnchorPause(of: "first", isPaused: true)
        _ = try await notary.register("a", for: caller)
        try await turn(notary, first)
        notary.close()
        (notary, caller) = try open()
        try await turn(notary, first)
        #expect(first.submissions.isEmpty)
        #expect(try notary.anchorStatus(of: "first")["outsiders"]?.arrayValue?.first?["state"] == "paused")
        _ = try notary.setAnchorPause(of: "first", isPaused: false)
        try await turn(notary, first)
        #expect(first.effects == [1: 1])
        #expect(throws: NotaryError(.unknownOutsider, "")) { try notary.setAnchorPause(of: "x", isPaused: true) }
        notary.close()
    }

    @Test func aRetryDoesNotRest() async throws {
        let (notary, caller) = try open()
        defer { notary.close() }
        first.script(.fail(.misconfigured))
        _ = try await notary.register("a", for: caller)
        try await turn(notary, first)
        let status = try await notary.retryAnchors(of: "first", waits: true)
        #expect(status["outsiders"]?.arrayValue?.first?["state"] == "up to date")
        #expect(first.effects == [1: 1])
    }

    @Test func outsidersOfOneNameOrNoneAreRefused() throws {
        #expect(throws: NotaryError(.authorityFailed, "")) { try open([first.plan(), ScriptedLedger("first").plan()]) }
        #expect(throws: NotaryError(.authorityFailed, "")) { try open([ScriptedLedger("self-operated").plan()]) }
        #expect(throws: NotaryError(.authorityFailed, "")) { try open([ScriptedLedger("Ä").plan()]) }
        #expect(throws: NotaryError(.authorityFailed, "")) { try open([first.plan(interval: 0)]) }
    }

    @Test func theAuditFindsAnchorsOfNoCheckpointAndJobsWithoutTheirEnd() async throws {
        let (notary, caller) = try open()
        defer { notary.close() }
        _ = try await notary.register("a", for: caller)
        var job = StoredAnchorJob(lane: .first, outsider: "x", size: TreeSize(9), created: 0, deadline: 0)
        try notary.store.putAnchorJob(job)
        job = StoredAnchorJob(lane: .first, outsider: "y", size: TreeSize(1), created: 0, deadline: 0)
        job.state = .finished
        try notary.store.putAnchorJob(job)
        let findings = try notary.audit().findings
        #expect(findings.count == 2 && findings.contains { $0.contains("has ended, and there is no anchor") })
    }
}
