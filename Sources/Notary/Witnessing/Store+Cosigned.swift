import EvidenceStore
import MerkleLog

extension Store {
    /// A checkpoint with the witnesses' lines below the log's own, as many as there are by now.
    func cosigned(_ checkpoint: StoredCheckpoint, lane: LaneID) throws -> [UInt8] {
        let lines = try cosignatures(ofSize: checkpoint.size, lane: lane).map { $0.line.line + "\n" }
        return checkpoint.signed + lines.joined().utf8
    }
}
