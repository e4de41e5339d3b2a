public import EvidenceStore
public import MerkleLog

/// What became of one registration of many: its place, and the checkpoint that covers it.
public struct BatchRegistration: Sendable {
    public let id: LeafHash
    public let position: LogPosition
    /// Whether its idempotency key had made it before, and nothing new was written.
    public let isReplay: Bool
    /// The signed checkpoint that holds it. Registrations that were written together share one.
    public let checkpoint: StoredCheckpoint
    /// From the entry to the checkpoint's root, where it was asked for.
    public let proof: InclusionProof?
}
