import Anchoring
import Bytes
import EvidenceStore
import Logging
import MerkleLog

extension AnchorTrack {
    /// Makes a job for the newest checkpoint when the interval is over, unless as many are under way as the outsider
    /// takes. A job of which nothing was sent yet goes for the newest checkpoint instead.
    func beginIfDue(isForced: Bool) throws -> Bool {
        let head = log.head()
        let jobs = try store.anchorJobs(of: name, lane: log.lane)
        let unfinished = jobs.filter { $0.state != .finished }
        let last = jobs.map(\.size).max() ?? .empty
        guard head.size > max(standing.size, last) else { return false }
        let now = clock().milliseconds
        if let unsent = unfinished.last, unsent.state == .intended {
            guard isForced || unsent.move(at: now) == .prepare else { return false }
            var job = StoredAnchorJob(
                lane: log.lane,
                outsider: name,
                size: head.size,
                created: unsent.created,
                deadline: unsent.deadline
            )
            (job.failures, job.lastFailure, job.nextAttempt) = (unsent.failures, unsent.lastFailure, unsent.nextAttempt)
            try store.replaceAnchorJob(unsent, by: job)
            return true
        }
        guard unfinished.count < max(1, outsider.concurrency) else { return false }
        let created = jobs.map(\.created).max() ?? 0
        // A time ahead of now comes of a clock that was wrong.
        let isDue = now >= created + Int64(plan.intervalSeconds) * 1000 || created > now
        guard isForced || isDue else { return false }
        let deadline = try dueMilliseconds(after: max(standing.size, last)) ?? now
        let job = StoredAnchorJob(
            lane: log.lane,
            outsider: name,
            size: head.size,
            created: now,
            deadline: deadline
        )
        try store.putAnchorJob(job)
        change { $0.jobs = unfinished.count + 1 }
        try steps(name, .intended)
        return true
    }

    /// Takes one job as far as it comes now.
    ///
    /// One past its deadline, whose entries a larger checkpoint has anchored meanwhile, is ended: what an outsider lost
    /// must not take the place of new jobs for ever.
    func work(on stored: StoredAnchorJob, isForced: Bool) async throws {
        guard stored.size > standing.size || stored.deadline >= clock().milliseconds else {
            try store.endAnchorJob(stored)
            return
        }
        var job = stored
        var isForced = isForced
        do {
            let checkpoint = try checkpoint(of: job)
            for _ in 0..<Self.moveLimit {
                let move = job.move(at: clock().milliseconds, isForced: isForced)
                // Once it was asked, the pause that it asks for holds.
                if case .advance = move { isForced = false }
                guard try await take(move, on: &job, checkpoint) else { return }
            }
        } catch let error as StoreError {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            // A call that was cut off because the notary ends is no failure of the outsider's.
            try Task.checkCancellation()
            let sentence = Self.sentence(error)
            let isHopeless = (error as? OutsiderError)?.code == .misconfigured
            job.fail(sentence, at: clock().milliseconds, isHopeless: isHopeless)
            try store.putAnchorJob(job)
            note(failure: sentence, nextAttempt: job.nextAttempt)
            throw error
        }
    }

    /// - Returns: Whether there may be another move now.
    private func take(
        _ move: AnchorMove,
        on job: inout StoredAnchorJob,
        _ checkpoint: OutgoingCheckpoint
    ) async throws -> Bool {
        switch move {
        case .rest, .end: return false
        case .prepare:
            let bytes = try await limited { [outsider] in try await outsider.prepare(checkpoint) }
            try steps(name, .made)
            job.take(prepared: bytes, at: clock().milliseconds)
            // A crash before this line makes other bytes at the next start; after it, these and no others are sent.
            try store.putAnchorJob(job)
            try steps(name, .prepared)
        case .submit:
            job.countAttempt()
            try store.putAnchorJob(job)
            try steps(name, .attempted)
            let answer = try await limited { [outsider, job] in
                try await outsider.submit(job.prepared, for: checkpoint)
            }
            try keep(answer, &job)
        case .advance(let state):
            let answer = try await limited { [outsider, job] in
                try await outsider.advance(state, prepared: job.prepared, for: checkpoint)
            }
            try keep(answer, &job)
        }
        return true
    }

    /// The answer, the job's end and the files in one synced batch.
    private func keep(_ answer: AnchorProgress, _ job: inout StoredAnchorJob) throws {
        try steps(name, .answered)
        let now = clock().milliseconds
        // What is no anchor throws here, before it counts as an answer.
        let given: AnchorGift
        switch answer {
        case .pending(_, let files, _): given = try gift(files, job, isComplete: false, now)
        case .replaced: given = AnchorGift()
        case .anchored(let files): given = try gift(files, job, isComplete: true, now)
        }
        job.take(answer, at: now)
        try store.putAnchorJob(job, anchor: given.anchor, timestamps: given.timestamps)
        if job.state == .finished {
            let size = job.size
            change { standing in
                standing.size = max(standing.size, size)
                standing.anchors += 1
                standing.lastSuccess = UTCTime(milliseconds: now)
            }
        }
        change { $0.lastFailure = nil }
        try steps(name, .kept)
    }

    private func gift(
        _ files: [AnchorFile],
        _ job: StoredAnchorJob,
        isComplete: Bool,
        _ now: Int64
    ) throws -> AnchorGift {
        let earlier = try store.anchor(of: name, size: job.size, lane: log.lane)
        return try AnchorGift(
            files,
            job: job,
            isComplete: isComplete,
            isSelfOperated: plan.isSelfOperated,
            earlier: earlier,
            now: now
        )
    }

    private func checkpoint(of job: StoredAnchorJob) throws -> OutgoingCheckpoint {
        guard let stored = try store.checkpoint(ofSize: job.size, lane: job.lane),
            let checkpoint = try? OutgoingCheckpoint(stored)
        else {
            throw OutsiderError(
                .misconfigured,
                "The store lacks the checkpoint of size \(job.size). Run: cinnabar log audit"
            )
        }
        return checkpoint
    }

    /// One call of the outsider within its time limit.
    private func limited<Result: Sendable>(
        _ call: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let seconds = plan.callSeconds
        let result = try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await call() }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        guard let result else {
            throw OutsiderError(.unreachable, "\(name) gave no answer within \(seconds) seconds; it is asked again.")
        }
        return result
    }
}
