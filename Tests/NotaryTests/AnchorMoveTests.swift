import Anchoring
import EvidenceStore
import MerkleLog
import Testing

@testable import Notary

/// The state machine of an anchor, without clock, store or network.
@Suite struct AnchorMoveTests {
    private static let pending = AnchorProgress.pending(state: [7], files: [], pauseSeconds: 30)
    private var job = StoredAnchorJob(lane: .first, outsider: "a", size: TreeSize(5), created: 1000, deadline: 9000)

    @Test mutating func fromIntentToEnd() {
        #expect(job.move(at: 1000) == .prepare)
        job.take(prepared: [1, 2], at: 1000)
        #expect(job.move(at: 1000) == .submit && job.attempts == 0)
        job.countAttempt()
        #expect(job.attempts == 1 && job.prepared == [1, 2])
        #expect(job.move(at: 1000) == .submit, "cut off before the answer: the same bytes go out again")
        job.take(Self.pending, at: 2000)
        #expect(job.move(at: 2000) == .rest(until: 32_000))
        #expect(job.move(at: 2000, isForced: true) == .advance(state: [7]))
        #expect(job.move(at: 32_000) == .advance(state: [7]))
        job.take(.anchored([]), at: 33_000)
        #expect(job.move(at: 0) == .end && job.state == .finished && job.prepared.isEmpty && job.progress == nil)
    }

    @Test mutating func otherBytesAreKeptBeforeTheyAreSent() {
        job.take(prepared: [1], at: 0)
        job.countAttempt()
        job.take(.replaced(prepared: [9]), at: 5)
        #expect(job.state == .prepared && job.prepared == [9] && job.progress == nil && job.attempts == 1)
        #expect(job.move(at: 5) == .submit)
    }

    @Test mutating func failuresRestLongerEachTimeUpToACeiling() {
        job.take(prepared: [1], at: 0)
        job.countAttempt()
        var pauses: [Int64] = []
        for _ in 0..<30 {
            job.fail("It is down.", at: 0)
            pauses.append(job.nextAttempt / 1000)
        }
        #expect(pauses.prefix(4) == [5, 10, 20, 40])
        #expect(pauses.last == StoredAnchorJob.longestPauseSeconds && pauses == pauses.sorted())
        #expect(job.lastFailure == "It is down." && job.prepared == [1] && job.state == .submitted)
        job.take(Self.pending, at: 0)
        #expect(job.failures == 0 && job.lastFailure == nil)
        job.fail(String(repeating: "x", count: 10_000), at: 0, isHopeless: true)
        #expect(job.nextAttempt == StoredAnchorJob.longestPauseSeconds * 1000)
        #expect(job.lastFailure?.count == 500)
    }

    @Test mutating func aTimeThatOnlyAWrongClockCanHaveWrittenDoesNotHold() {
        job.nextAttempt = 400 * 86_400_000
        #expect(job.move(at: 1000) == .prepare)
        job.nextAttempt = 2000
        #expect(job.move(at: 1000) == .rest(until: 2000))
        job.take(prepared: [1], at: 0)
        job.countAttempt()
        job.take(.pending(state: [], files: [], pauseSeconds: .max), at: 0)
        #expect(job.nextAttempt == StoredAnchorJob.longestRestSeconds * 1000)
        job.take(.pending(state: [], files: [], pauseSeconds: .min), at: 0)
        #expect(job.nextAttempt == 0)
    }
}
