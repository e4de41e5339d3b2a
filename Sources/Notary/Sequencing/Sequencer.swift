import Bytes
import EvidenceStore
import MerkleLog

/// Gives entries their places in one lane: concurrent callers become one signed checkpoint and one synced write.
///
/// Its jobs run on a thread of its own. While one batch is written, callers queue up behind it and become the next.
actor Sequencer {
    /// An entry ready to be written, with what the similarity indexes are told of it.
    struct Submission: Sendable {
        let entry: BatchEntry
        var content = IndexedContent()
    }

    /// Larger batches only delay the answer: at this size the sync is already a small part of the work.
    static let batchLimit = 4096
    /// About a second of work at the expected rate; beyond it callers are told to come back.
    static let queueLimit = 32_768

    private struct Waiting {
        let submissions: [Submission]
        let continuation: CheckedContinuation<[SequencedEntry], any Error>
    }

    private let store: Store
    private let lane: LaneID
    private let origin: String
    private var key: SignerKey
    /// Why nothing follows, once the log has ended.
    private var end: LogNotice?
    private let guardFile: GuardFile
    private let clock: SteadyClock
    private let onCommit: @Sendable (StoredCheckpoint, [(Submission, LogPosition)]) -> Void
    private let executor = BlockingExecutor(label: "cinnabar.sequencer")

    private var writer: TileWriter
    private var head: StoredCheckpoint
    private var waiting: [Waiting] = []
    private var waitingCount = 0
    private var failure: NotaryError?

    /// - Parameter onCommit: Called after a batch is durable and before anyone is answered: brings the similarity index
    ///   in step and publishes the checkpoint.
    init(
        _ lane: OpenedLane,
        store: Store,
        clock: SteadyClock,
        onCommit: @escaping @Sendable (StoredCheckpoint, [(Submission, LogPosition)]) -> Void
    ) {
        self.store = store
        self.lane = lane.id
        origin = lane.origin
        key = lane.key
        end = lane.end
        guardFile = lane.guardFile
        writer = lane.writer
        head = lane.head
        self.clock = clock
        self.onCommit = onCommit
    }

    /// Safe: the actor keeps its executor as long as it lives itself.
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Sequences the submissions in order and together.
    ///
    /// - Returns: One entry for each, when the batch that holds them is durable, guarded and published.
    /// - Throws: ``NotaryError`` with `.storeFailed` once a write has failed, `.clockSetBack`, or `.busy`.
    func append(_ submissions: [Submission]) async throws -> [SequencedEntry] {
        if let failure { throw failure }
        guard waitingCount + submissions.count <= Self.queueLimit else {
            throw NotaryError(.busy, "Too many registrations are waiting. Try again in a second.")
        }
        return try await withCheckedThrowingContinuation { continuation in
            waiting.append(Waiting(submissions: submissions, continuation: continuation))
            waitingCount += submissions.count
            if waiting.count == 1 { executor.enqueue { self.assumeIsolated { $0.flush() } } }
        }
    }

    /// Announces the key that signs from the next checkpoint on, in a batch of its own.
    ///
    /// - Parameter first: The key before, if it is the log's first.
    /// - Throws: What ``append(_:)`` throws; the key before then stays in force until a restart has looked.
    func change(to next: SignerKey, saying notice: LogNotice, first: VerifierKey?) throws -> SequencedEntry {
        let kind = PlainEntry.Kind.newKey(next.verifierKey.text, first: first?.text)
        let entry = try sequenceAlone(PlainEntry(kind, notice.bytes))
        key = next
        return entry
    }

    /// Says that nothing follows, in a batch of its own; from then on only repeated requests are answered.
    func finish(saying notice: LogNotice) throws {
        _ = try sequenceAlone(PlainEntry(.notice, notice.bytes))
        end = notice
    }

    /// Refuses what is new as if the log had ended, without saying so in the log; `nil` takes it up again.
    func pause(as notice: LogNotice?) { end = notice }

    private func sequenceAlone(_ entry: PlainEntry) throws -> SequencedEntry {
        let entries = try sequence([Submission(entry: .plain(entry))])
        guard let entry = entries.first else { preconditionFailure("The sequencer answers each submission.") }
        return entry
    }

    /// Whether a write has failed: nothing more is signed until a restart.
    var hasFailed: Bool { failure != nil }

    /// Why registrations are refused, if they are: by a failed write until a restart, by the clock while it is wrong.
    var refusal: NotaryError? {
        if let failure { return failure }
        do throws(NotaryError) {
            _ = try clock.milliseconds(notBefore: head.batchTime)
            return nil
        } catch {
            return error
        }
    }

    /// Writes what is waiting, one batch after the other, until nothing is.
    private func flush() {
        while !waiting.isEmpty {
            var batch: [Waiting] = []
            var count = 0
            repeat {
                count += waiting[batch.count].submissions.count
                batch.append(waiting[batch.count])
            } while batch.count < waiting.count && count < Self.batchLimit
            waiting.removeFirst(batch.count)
            waitingCount -= count
            do {
                var entries = try sequence(batch.flatMap(\.submissions))[...]
                for call in batch {
                    call.continuation.resume(returning: Array(entries.prefix(call.submissions.count)))
                    entries = entries.dropFirst(call.submissions.count)
                }
            } catch {
                for call in batch { call.continuation.resume(throwing: error) }
            }
        }
    }

    private func sequence(_ submissions: [Submission]) throws -> [SequencedEntry] {
        if let failure { throw failure }
        let plan = try BatchPlan(submissions, first: writer.size.value, store: store)
        guard !plan.fresh.isEmpty else {
            return plan.entries(lane: lane, checkpoint: head, batch: nil)
        }
        if let end { throw NotaryError.frozen(end) }
        let time = try clock.milliseconds(notBefore: head.batchTime)
        var grown = writer
        let tiles = grown.append(plan.fresh.map(\.entry.id))
        let note = try Checkpoint(origin: origin, size: tiles.size, root: tiles.root).signed(by: key)
        let checkpoint = StoredCheckpoint(size: tiles.size, signed: note.bytes, batchTime: time)
        do {
            // A crash before this line loses the batch, and nobody was told of it; after it, recovery finds it.
            try store.commit(
                SequencedBatch(
                    lane: lane,
                    first: tiles.firstIndex,
                    entries: plan.fresh.map(\.entry),
                    tiles: tiles.changedTiles,
                    checkpoint: checkpoint
                )
            )
            // A crash before this line leaves the guard behind the store, which recovery mends; never ahead of it.
            try guardFile.write(note.bytes)
        } catch {
            // Whether the batch survives is unknown: nothing more may be signed until a restart has looked.
            let refusal = NotaryError(
                .storeFailed,
                "The store could not be written. Registrations are refused until a restart.",
                cause: error
            )
            failure = refusal
            throw refusal
        }
        writer = grown
        head = checkpoint
        onCommit(
            checkpoint,
            plan.fresh.enumerated().map { offset, submission in
                (submission, LogPosition(lane: lane, index: LeafIndex(tiles.firstIndex.value + UInt64(offset))))
            }
        )
        return plan.entries(lane: lane, checkpoint: checkpoint, batch: tiles)
    }
}
