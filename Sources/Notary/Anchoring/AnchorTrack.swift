import Anchoring
import Bytes
import EvidenceStore
import Logging
import MerkleLog
import Synchronization

/// One outsider's anchors: an actor with a thread of its own, so that neither a synced write nor an outsider that stalls
/// keeps registrations or other outsiders waiting.
actor AnchorTrack {
    /// What it works on: the log that outsiders see.
    struct Log: Sendable {
        let lane: LaneID
        let origin: String
        /// The newest checkpoint that may be shown.
        let head: @Sendable () -> StoredCheckpoint
    }

    /// How often it looks whether something is due.
    static let tickSeconds = 1
    /// Moves of one job in one turn: prepared, submitted, replaced, submitted, asked once more.
    static let moveLimit = 6

    nonisolated let plan: OutsiderPlan
    nonisolated let outsider: any Outsider
    nonisolated let log: Log
    nonisolated let store: Store
    nonisolated let clock: @Sendable () -> UTCTime
    nonisolated let logger: Logger
    let steps: @Sendable (_ outsider: String, _ step: AnchorStep) throws -> Void
    private nonisolated let state: Mutex<AnchorStanding>
    private nonisolated let executor: BlockingExecutor
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    // Safe: the actor keeps its executor as long as it lives.
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    nonisolated var name: String { plan.name }

    init(
        _ plan: OutsiderPlan,
        outsider: any Outsider,
        log: Log,
        store: Store,
        clock: @escaping @Sendable () -> UTCTime,
        logger: Logger,
        steps: @escaping @Sendable (String, AnchorStep) throws -> Void = AnchorStep.plainly
    ) throws {
        self.plan = plan
        self.outsider = outsider
        self.log = log
        self.store = store
        self.clock = clock
        self.logger = logger
        self.steps = steps
        executor = BlockingExecutor(label: "cinnabar.anchors.\(plan.name)")
        var standing = AnchorStanding()
        if let start = try store.start(of: plan.name) {
            (standing.start, standing.isStartKept) = (start, true)
        } else {
            standing.start = clock().milliseconds
        }
        standing.size = try store.confirmedSize(by: plan.name, lane: log.lane)
        standing.pausedSince = try store.pause(of: plan.name).map { UTCTime(milliseconds: $0) }
        let jobs = try store.anchorJobs(of: plan.name, lane: log.lane)
        standing.jobs = jobs.count { $0.state != .finished }
        standing.lastFailure = jobs.compactMap(\.lastFailure).last
        state = Mutex(standing)
    }

    nonisolated var standing: AnchorStanding { state.withLock { $0 } }

    nonisolated func change<Result: Sendable>(_ body: (inout AnchorStanding) -> Result) -> Result {
        state.withLock { body(&$0) }
    }

    /// Takes up what is unfinished and what is new until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                try await turn()
            } catch is CancellationError {
                return
            } catch {
                // A write failed: nothing whose bytes are not durable was sent, and nothing will be.
                note(failure: Self.sentence(error))
            }
            try? await Task.sleep(for: .seconds(Self.tickSeconds))  // only throws when cancelled
        }
    }

    /// One look at everything that is due.
    ///
    /// - Parameter isForced: Pauses do not hold, nor does the interval.
    /// - Throws: ``StoreError`` when a write failed. Failures of the outsider are kept with their jobs.
    func turn(isForced: Bool = false) async throws {
        await takeTurn()
        defer { endTurn() }
        let isForced = change { standing in
            defer { standing.isRetryWanted = false }
            return isForced || standing.isRetryWanted
        }
        try keepStart()
        if standing.pausedSince == nil || isForced {
            _ = try beginIfDue(isForced: isForced)
            _ = try await workOnAll(isForced: isForced)
        }
        alarm()
    }

    /// Brings the newest checkpoint to this outsider now, whatever its interval says.
    ///
    /// - Throws: Why it did not commit.
    func anchorNow() async throws {
        await takeTurn()
        defer { endTurn() }
        let size = log.head().size
        while standing.size < size {
            let hasBegun = try beginIfDue(isForced: true)
            let hasJobs = hasBegun || standing.jobs > 0
            if let failure = try await workOnAll(isForced: true) { throw failure }
            guard hasJobs, standing.jobs == 0 else {
                throw OutsiderError(.unreachable, "\(name) has not confirmed the checkpoint yet.")
            }
        }
    }

    /// - Returns: The first failure of the outsider.
    private func workOnAll(isForced: Bool) async throws -> (any Error)? {
        var failure: (any Error)?
        for job in try unfinished() {
            do {
                try await work(on: job, isForced: isForced)
            } catch let error as StoreError {
                throw error
            } catch let error as CancellationError {
                throw error
            } catch {
                failure = failure ?? error
                // The others would fail the same way, each after its time limit.
                if (error as? OutsiderError)?.code ?? .unreachable == .unreachable { break }
            }
        }
        let count = try unfinished().count
        change { $0.jobs = count }
        return failure
    }

    /// Not when the notary opens: whoever only reads writes nothing.
    private func keepStart() throws {
        guard !standing.isStartKept else { return }
        try store.setStart(of: name, since: standing.start)
        change { $0.isStartKept = true }
    }

    func unfinished() throws -> [StoredAnchorJob] {
        try store.anchorJobs(of: name, lane: log.lane).filter { $0.state != .finished }
    }

    /// One turn at a time: what was read of the rows holds until it is written.
    private func takeTurn() async {
        while isBusy { await withCheckedContinuation { waiting.append($0) } }
        isBusy = true
    }

    private func endTurn() {
        isBusy = false
        let waiting = waiting
        self.waiting = []
        for continuation in waiting { continuation.resume() }
    }
}
