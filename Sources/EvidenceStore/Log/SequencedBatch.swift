public import MerkleLog

/// Registrations with their places in one lane, and the checkpoint that covers them: one atomic write.
public struct SequencedBatch: Sendable {
    public let lane: LaneID
    /// Index of the first registration. The others follow without a gap.
    public let first: LeafIndex
    public let registrations: [SealedRegistration]
    /// Every tile that the registrations changed, as it is now.
    public let tiles: [Tile]
    /// Of the tree that ends with the last registration.
    public let checkpoint: StoredCheckpoint

    public init(
        lane: LaneID,
        first: LeafIndex,
        registrations: [SealedRegistration],
        tiles: [Tile],
        checkpoint: StoredCheckpoint
    ) {
        self.lane = lane
        self.first = first
        self.registrations = registrations
        self.tiles = tiles
        self.checkpoint = checkpoint
    }
}
