/// A checkpoint that its log has signed. Only ``SignedNote`` makes one.
public struct VerifiedCheckpoint: Equatable, Sendable {
    public let checkpoint: Checkpoint
    /// All of it, with the lines that were not checked.
    public let note: SignedNote
    /// Of the witnesses asked about, those that cosigned, in the order of the lines.
    public let cosignatures: [VerifiedSignature]

    init(checkpoint: Checkpoint, note: SignedNote, cosignatures: [VerifiedSignature]) {
        self.checkpoint = checkpoint
        self.note = note
        self.cosignatures = cosignatures
    }
}
