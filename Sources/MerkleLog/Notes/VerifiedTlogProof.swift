/// A leaf that was proven to be in a tree that its log has signed for. Only ``TlogProof`` makes one.
public struct VerifiedTlogProof: Equatable, Sendable {
    public let checkpoint: VerifiedCheckpoint
    public let inclusion: VerifiedInclusion

    init(checkpoint: VerifiedCheckpoint, inclusion: VerifiedInclusion) {
        self.checkpoint = checkpoint
        self.inclusion = inclusion
    }
}
