import EvidenceStore
import MerkleLog

/// One log as recovery found it: checked against its key and its guard.
struct OpenedLane {
    let id: LaneID
    let origin: String
    let key: SignerKey
    let guardFile: GuardFile
    let writer: TileWriter
    /// Of the empty tree when the log has no entry yet.
    let head: StoredCheckpoint
}
