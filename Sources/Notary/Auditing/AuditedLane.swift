import EvidenceStore
import MerkleLog

/// One log as it was shown and guarded when its audit began: before the moment whose rows the audit reads, so that what
/// a log at work adds meanwhile is neither missed nor taken for damage.
struct AuditedLane {
    let id: LaneID
    let origin: String
    /// What was published.
    let published: StoredCheckpoint
    /// What the guard file held, if it could be read.
    let guarded: [UInt8]?

    init(_ lane: Lane) {
        id = lane.id
        origin = lane.origin
        published = lane.published.current
        guarded = (try? lane.guardFile.read()) ?? nil
    }

    /// A log whose store is at rest, judged by itself: with its own head for what was published and guarded.
    init(id: LaneID, origin: String, head: StoredCheckpoint) {
        self.id = id
        self.origin = origin
        published = head
        guarded = head.signed
    }

    /// The guard holds a checkpoint of this log: not behind what was published, not ahead of the store, and the very
    /// one that the store has of its size.
    func checkGuard(against store: Store, keys: LogKeys?, _ report: inout AuditReport) throws {
        let verified = guarded.flatMap { try? keys?.verified($0) }
        guard let guarded, let size = verified?.checkpoint.size, verified?.checkpoint.origin == origin else {
            report.find("The guard file holds no checkpoint signed by the log's key.")
            return
        }
        let head = try store.head(of: id)?.size ?? .empty
        if size < published.size || size > head {
            report.find("The guard file has seen \(size) entries, the store has \(head).")
        } else if size > .empty, try store.checkpoint(ofSize: size, lane: id)?.signed != guarded {
            report.find("The guard file has seen another tree of \(size) entries.")
        } else if size == .empty, verified?.checkpoint.root != TileWriter().root {
            report.find("The guard file has seen another tree of 0 entries.")
        }
    }
}
