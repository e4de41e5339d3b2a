public import MerkleLog

/// What one look at the log brought.
public struct MonitorRound: Sendable {
    /// The newest checkpoint that holds: signed, and extending the one before. `nil` when there is none yet.
    public internal(set) var checkpoint: Checkpoint?
    /// The size of the one before; `nil` on the first look.
    public internal(set) var previousSize: TreeSize?
    /// How many entries were fetched and lead to a signed root, over all looks.
    public internal(set) var checkedEntries = TreeSize.empty
    /// How many of ``MonitoredLog/views`` agree with the log.
    public internal(set) var agreeingViews = 0
    /// Whether the newest checkpoint meets the policy; `nil` without one.
    public internal(set) var isWitnessed: Bool?
    /// Views that could not be asked or not be compared yet, in words.
    public internal(set) var remarks: [String] = []
    /// Empty when all is well.
    public internal(set) var alarms: [LogAlarm] = []
}
