import Anchoring
import EvidenceStore
import MerkleLog

extension OutgoingCheckpoint {
    /// - Throws: `NoteError` when it is no checkpoint.
    init(_ stored: StoredCheckpoint) throws {
        let checkpoint = try Checkpoint(parsing: SignedNote(parsing: stored.signed).text)
        self.init(
            origin: checkpoint.origin,
            size: checkpoint.size.value,
            root: checkpoint.root,
            signed: stored.signed
        )
    }
}
