public import MerkleLog

/// Entries with their places in one lane, and the checkpoint that covers them: one atomic write.
public struct SequencedBatch: Sendable {
    public let lane: LaneID
    /// Index of the first entry. The others follow without a gap.
    public let first: LeafIndex
    public let entries: [BatchEntry]
    /// Every tile that the entries changed, as it is now.
    public let tiles: [Tile]
    /// Of the tree that ends with the last entry.
    public let checkpoint: StoredCheckpoint

    public init(
        lane: LaneID,
        first: LeafIndex,
        entries: [BatchEntry],
        tiles: [Tile],
        checkpoint: StoredCheckpoint
    ) {
        self.lane = lane
        self.first = first
        self.entries = entries
        self.tiles = tiles
        self.checkpoint = checkpoint
    }
}
