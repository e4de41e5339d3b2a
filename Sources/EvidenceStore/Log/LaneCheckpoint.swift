public import MerkleLog

/// Where a top log holds a lane's signed checkpoint.
public struct LaneCheckpoint: Sendable, Equatable {
    public let lane: LaneID
    /// Size of the lane's tree.
    public let size: TreeSize
    /// Its place in the top log.
    public let position: LogPosition
}
