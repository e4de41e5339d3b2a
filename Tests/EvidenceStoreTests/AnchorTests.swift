import EvidenceStore
import MerkleLog
import Testing

@Suite struct AnchorTests {
    private let store: Store

    init() throws { store = try Fixture().store }

    private func job(_ outsider: String, _ size: UInt64, lane: LaneID = .first) -> StoredAnchorJob {
        StoredAnchorJob(lane: lane, outsider: outsider, size: TreeSize(size), created: 10, deadline: 20)
    }

    private func finished(_ outsider: String, _ size: UInt64) -> StoredAnchorJob {
        var job = job(outsider, size)
        job.state = .finished
        return job
    }

    private func anchor(_ outsider: String, _ size: UInt64, isComplete: Bool, _ text: String = "proof") -> StoredAnchor
    {
        StoredAnchor(
            lane: .first,
            outsider: outsider,
            size: TreeSize(size),
            isComplete: isComplete,
            isSelfOperated: outsider == "own",
            obtained: 7,
            files: [
                StoredAnchor.File(name: "\(outsider).ots", bytes: Array(text.utf8)),
                StoredAnchor.File(name: "\(outsider).ots-headers.json", bytes: []),
            ]
        )
    }

    @Test func aJobReadsAsItWasWritten() throws {
        var job = job("chain", 5)
        try store.putAnchorJob(job)
        #expect(try store.anchorJobs(of: "chain", lane: .first) == [job])
        job.state = .submitted
        (job.attempts, job.failures, job.nextAttempt) = (3, 2, 99)
        (job.prepared, job.progress, job.lastFailure) = ([1, 2, 3], [], "Später.")
        try store.putAnchorJob(job)
        #expect(try store.anchorJobs(of: "chain", lane: .first) == [job])
        job.progress = nil
        try store.putAnchorJob(job)
        #expect(try store.anchorJobs(of: "chain", lane: .first) == [job])
        #expect(try store.anchorJobs(of: "chai", lane: .first).isEmpty)
        #expect(try store.anchorJobs(of: "chain", lane: LaneID(1)).isEmpty)
    }

    @Test func theEndOfAJobTakesEarlierEndedOnesAway() throws {
        try store.putAnchorJob(finished("a", 1))
        try store.putAnchorJob(job("a", 2))
        try store.putAnchorJob(finished("b", 3))
        try store.putAnchorJob(finished("a", 4), anchor: anchor("a", 4, isComplete: true))
        #expect(try store.anchorJobs(of: "a", lane: .first).map(\.size.value) == [2, 4])
        #expect(try store.anchorJobs(of: "b", lane: .first).map(\.size.value) == [3])
    }

    @Test func theFirstCompleteAnchorIsBestAndElseTheNewestPromise() throws {
        for size in 1...200 as ClosedRange<UInt64> {
            try store.putAnchorJob(job("a", size), anchor: anchor("a", size, isComplete: false))
        }
        #expect(try store.bestAnchor(atOrAfter: TreeSize(5), outsider: "a", lane: .first)?.size == TreeSize(200))
        #expect(try store.latestCompleteAnchor(of: "a", lane: .first) == nil)
        for size in [90, 190] as [UInt64] {
            try store.putAnchorJob(finished("a", size), anchor: anchor("a", size, isComplete: true))
        }
        let best = try store.bestAnchor(atOrAfter: TreeSize(5), outsider: "a", lane: .first)
        #expect(best == anchor("a", 90, isComplete: true))
        #expect(try store.bestAnchor(atOrAfter: TreeSize(91), outsider: "a", lane: .first)?.size == TreeSize(190))
        #expect(try store.bestAnchor(atOrAfter: TreeSize(191), outsider: "a", lane: .first)?.isComplete == false)
        #expect(try store.bestAnchor(atOrAfter: TreeSize(201), outsider: "a", lane: .first) == nil)
        #expect(try store.latestCompleteAnchor(of: "a", lane: .first)?.size == TreeSize(190))
        try store.putAnchorJob(finished("own", 3), anchor: anchor("own", 3, isComplete: true))
        #expect(try store.outsiders(of: .first) == ["a", "own"])
        #expect(try store.anchor(of: "own", size: TreeSize(3), lane: .first)?.isSelfOperated == true)
    }

    @Test func whatIsCompleteIsNotReplaced() throws {
        try store.putAnchorJob(finished("a", 4), anchor: anchor("a", 4, isComplete: true))
        try store.putAnchorJob(job("a", 4), anchor: anchor("a", 4, isComplete: false, "weaker"))
        try store.putAnchorJob(finished("a", 4), anchor: anchor("a", 4, isComplete: true, "other"))
        #expect(try store.anchor(of: "a", size: TreeSize(4), lane: .first) == anchor("a", 4, isComplete: true))
    }

    @Test func aJobOfWhichNothingWasSentGivesWayToANewer() throws {
        try store.putAnchorJob(job("a", 4))
        try store.replaceAnchorJob(job("a", 4), by: job("a", 9))
        #expect(try store.anchorJobs(of: "a", lane: .first) == [job("a", 9)])
    }

    @Test func pausesAndStartsStay() throws {
        #expect(try store.pause(of: "a") == nil)
        try store.setPause(of: "a", since: 5)
        #expect(try store.pause(of: "a") == 5)
        #expect(try store.pause(of: "ab") == nil)
        try store.setPause(of: "a", since: nil)
        #expect(try store.pause(of: "a") == nil)
        #expect(try store.start(of: "a") == nil)
        try store.setStart(of: "a", since: 7)
        #expect(try store.start(of: "a") == 7)
    }

    @Test(arguments: ["", String(repeating: "n", count: 256)])
    func aNameWithoutRoomIsRefused(name: String) throws {
        #expect(throws: StoreError(.invalidArgument, "")) { try store.putAnchorJob(job(name, 1)) }
        #expect(try store.anchorJobs(of: name, lane: .first).isEmpty)
        #expect(try store.bestAnchor(atOrAfter: .empty, outsider: name, lane: .first) == nil)
    }

    @Test func rowsOfAnotherLayoutAreNeitherJobsNorAnchors() throws {
        try store.putAnchorJob(job("a", 4), anchor: anchor("a", 4, isComplete: false))
        let row = try #require(try store.rows(of: .anchorJobs, after: nil, limit: 1).first)
        let anchorRow = try #require(try store.rows(of: .anchors, after: nil, limit: 1).first)
        #expect(store.anchorJob(row) == job("a", 4))
        #expect(store.anchor(anchorRow) == anchor("a", 4, isComplete: false))
        for end in row.value.indices {
            #expect(store.anchorJob(Row(key: row.key, value: Array(row.value[..<end]))) == nil)
        }
        #expect(store.anchorJob(Row(key: row.key, value: row.value + [0])) == nil)
        #expect(store.anchorJob(Row(key: Array(row.key.dropLast()), value: row.value)) == nil)
        #expect(store.anchor(Row(key: anchorRow.key, value: anchorRow.value + [0])) == nil)
        #expect(store.anchor(Row(key: anchorRow.key, value: [2] + anchorRow.value.dropFirst())) == nil)
        #expect(store.anchor(Row(key: anchorRow.key, value: Array(anchorRow.value.dropLast()))) == nil)
    }
}
