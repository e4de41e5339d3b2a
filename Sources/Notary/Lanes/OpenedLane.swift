import EvidenceStore
import MerkleLog

/// One log as recovery found it: checked against its key and its guard.
struct OpenedLane {
    let id: LaneID
    let origin: String
    /// What signs now.
    let key: SignerKey
    let keys: LogKeys
    let guardFile: GuardFile
    let writer: TileWriter
    /// Of the empty tree when the log has no entry yet.
    let head: StoredCheckpoint
    /// What its last entry says, if the log has ended.
    private(set) var end: LogNotice?
}

extension OpenedLane {
    /// A lane takes nothing once the log that outsiders see has ended.
    func ended(as end: LogNotice?) -> OpenedLane {
        var lane = self
        lane.end = end
        return lane
    }
}
