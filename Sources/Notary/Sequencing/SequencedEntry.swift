import EvidenceStore
import MerkleLog

/// Where an entry came to stand, and the signed checkpoint that covers it.
struct SequencedEntry: Sendable {
    enum Outcome: Sendable {
        case sequenced
        /// The account's idempotency key had already made this registration; nothing was written.
        case replayed(LeafHash)
        /// The key stands for a different request.
        case conflicting
    }

    let outcome: Outcome
    let position: LogPosition
    let checkpoint: StoredCheckpoint
    private let batch: TileBatch?

    init(_ outcome: Outcome, at position: LogPosition, checkpoint: StoredCheckpoint, batch: TileBatch?) {
        self.outcome = outcome
        self.position = position
        self.checkpoint = checkpoint
        self.batch = batch
    }

    /// The proof in ``checkpoint``, from the batch's own nodes: made by the caller, off the sequencer's thread.
    func inclusionProof() throws -> InclusionProof? { try batch?.inclusionProof(of: position.index) }
}
