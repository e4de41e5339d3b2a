import Anchoring
import Bytes
import Logging
import MerkleLog
import Synchronization

/// One log as the witness knows it: its keys, and the checkpoint that it cosigned last.
///
/// All of a decision, from the look at the state to the synced file, happens under one lock: a smaller tree is never
/// cosigned after a larger one, and never two trees of one size.
final class WitnessedLog: Sendable {
    /// How far the clock may be behind the last cosignature. A cosignature says what was the largest tree at its time:
    /// a later one must not carry an earlier time.
    private static let clockToleranceSeconds: UInt64 = 60

    struct Counts: Sendable {
        var cosigned = 0
        var conflicts = 0
        var refused = 0
        var forks = 0
    }

    private struct Inside {
        var state: LogState
        var counts = Counts()
        /// Set once the state on disk is not known any more. Nothing is cosigned until a restart reads it again.
        var failure: String?
    }

    let origin: String
    let keys: [VerifierKey]
    private let folder: WitnessFolder
    private let clock: @Sendable () -> UInt64
    private let logger: Logger
    private let inside: Mutex<Inside>

    init(
        origin: String,
        keys: [VerifierKey],
        state: LogState,
        folder: WitnessFolder,
        clock: @escaping @Sendable () -> UInt64,
        logger: Logger
    ) {
        self.origin = origin
        self.keys = keys
        self.folder = folder
        self.clock = clock
        self.logger = logger
        inside = Mutex(Inside(state: state))
    }

    var size: TreeSize { inside.withLock { $0.state.checkpoint.size } }
    /// What was cosigned last, with the log's lines and the witness's own; `nil` before the first.
    var note: [UInt8]? { inside.withLock { $0.state.checkpoint.size > .empty ? $0.state.note.bytes : nil } }
    var counts: Counts { inside.withLock { $0.counts } }
    /// Why nothing of this log is cosigned until a restart; `nil` when all is well.
    var failure: String? { inside.withLock { $0.failure } }

    /// The lines of the note that one of the log's keys has signed.
    func signed(_ note: SignedNote) -> [NoteSignature] {
        note.signatures.filter { line in
            guard let single = try? SignedNote(text: note.text, signatures: [line]) else { return false }
            return (try? single.verified(by: keys)) != nil
        }
    }

    /// Blocks until the disk has the new state.
    ///
    /// - Parameters:
    ///   - checkpoint: What the request's note says, which the log has signed.
    ///   - note: With the log's lines alone.
    /// - Throws: ``WitnessingError`` with code `.io` when nothing can be cosigned.
    func answer(
        _ request: AddCheckpointRequest,
        _ checkpoint: Checkpoint,
        note: SignedNote
    ) throws(WitnessingError) -> AddCheckpointResponse {
        try inside.withLock { inside throws(WitnessingError) in
            if let failure = inside.failure { throw WitnessingError(.io, failure) }
            let answer = try decide(request, checkpoint, note: note, &inside)
            switch answer {
            case .cosigned: inside.counts.cosigned += 1
            case .conflict: inside.counts.conflicts += 1
            case .refused: inside.counts.refused += 1
            }
            return answer
        }
    }

    /// Source: C2SP tlog-witness, in its order.
    private func decide(
        _ request: AddCheckpointRequest,
        _ checkpoint: Checkpoint,
        note: SignedNote,
        _ inside: inout Inside
    ) throws(WitnessingError) -> AddCheckpointResponse {
        let last = inside.state.checkpoint
        guard request.oldSize <= checkpoint.size else { return .refused(.malformed) }
        guard request.oldSize == last.size else { return .conflict(last.size) }
        if checkpoint.size == last.size {
            guard checkpoint.root == last.root else {
                report(fork: checkpoint, note, &inside)
                return .conflict(last.size)
            }
            guard request.proof.isEmpty else { return .refused(.invalidProof) }
        } else {
            guard Self.isConsistent(request, last, checkpoint) else {
                logger.warning(
                    "A consistency proof does not hold; nothing was cosigned.",
                    metadata: metadata(checkpoint)
                )
                return .refused(.invalidProof)
            }
        }
        return .cosigned([try cosign(checkpoint, note, &inside)])
    }

    private static func isConsistent(_ request: AddCheckpointRequest, _ last: Checkpoint, _ next: Checkpoint) -> Bool {
        // From the empty tree there is nothing to prove, and a proof must not be there.
        guard last.size > .empty else { return request.proof.isEmpty }
        let proof = ConsistencyProof(oldSize: last.size, newSize: next.size, hashes: request.proof)
        return (try? proof.verify(oldRoot: last.root, newRoot: next.root)) != nil
    }

    private func cosign(
        _ checkpoint: Checkpoint,
        _ note: SignedNote,
        _ inside: inout Inside
    ) throws(WitnessingError) -> NoteSignature {
        let (last, now) = (inside.state, clock())
        guard now + Self.clockToleranceSeconds >= last.timestampSeconds else {
            throw WitnessingError(.io, "The clock is behind the last cosignature. Set it right.")
        }
        let state = try LogState(
            checkpoint,
            note: note,
            cosignedBy: folder.key,
            timestampSeconds: max(now, last.timestampSeconds)
        )
        guard let line = state.cosignature else { throw WitnessingError(.io, "A state has no cosignature.") }
        if checkpoint.size > last.checkpoint.size {
            do throws(WitnessingError) {
                try folder.write(state)
            } catch {
                // Old or new, nobody knows: neither may be built upon.
                inside.failure = "The state could not be written: \(error.message) Then restart the witness."
                logger.critical(
                    "The state of a log could not be written; its cosigning stops.",
                    metadata: metadata(checkpoint)
                )
                throw error
            }
        }
        // A crash before this line answered nothing; the log asks again, from the size that a conflict tells it.
        inside.state = state
        return line
    }

    private func report(fork checkpoint: Checkpoint, _ note: SignedNote, _ inside: inout Inside) {
        inside.counts.forks += 1
        var metadata = metadata(checkpoint)
        metadata["root"] = "\(checkpoint.root.hex)"
        metadata["cosignedRoot"] = "\(inside.state.checkpoint.root.hex)"
        logger.critical(
            "POSSIBLE FORK: the log has signed two different trees of one size. Both checkpoints lie in the folder `forks`.",
            metadata: metadata
        )
        guard inside.counts.forks <= WitnessFolder.forkLimit else { return }
        do throws(WitnessingError) {
            try folder.keep(fork: note, of: checkpoint, against: inside.state)
        } catch {
            logger.critical(
                "The contradicting checkpoints could not be kept.",
                metadata: ["reason": "\(error.message)"]
            )
        }
    }

    private func metadata(_ checkpoint: Checkpoint) -> Logger.Metadata {
        ["origin": "\(origin)", "size": "\(checkpoint.size)"]
    }
}
