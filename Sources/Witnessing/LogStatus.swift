import MerkleLog

/// How a witness is with one log, for health and metrics.
public struct LogStatus: Sendable {
    public let origin: String
    /// Leaves of the checkpoint cosigned last.
    public let size: UInt64
    /// Since the start.
    public let cosignedCount: Int
    public let conflictCount: Int
    public let refusedCount: Int
    /// Checkpoints that contradict the one cosigned last.
    public let forkCount: Int
    /// Why nothing is cosigned until a restart; `nil` when all is well.
    public let failure: String?

    init(_ log: WitnessedLog) {
        let counts = log.counts
        origin = log.origin
        size = log.size.value
        cosignedCount = counts.cosigned
        conflictCount = counts.conflicts
        refusedCount = counts.refused
        forkCount = counts.forks
        failure = log.failure
    }
}
