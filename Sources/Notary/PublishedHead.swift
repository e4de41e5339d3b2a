import EvidenceStore
import MerkleLog
import Synchronization

/// The newest checkpoint that may be shown to anyone, for readers on any thread.
final class PublishedHead: Sendable {
    private let state: Mutex<StoredCheckpoint>

    init(_ head: StoredCheckpoint) { state = Mutex(head) }

    var current: StoredCheckpoint { state.withLock { $0 } }

    /// Whether the entry at this place may be shown. One that is in the store and not under the guard yet may not:
    /// after a failed guard write it might be told to a client, and the next start of a store set back would not miss
    /// it.
    func holds(_ position: LogPosition) -> Bool { position.index.value < current.size.value }

    func advance(to checkpoint: StoredCheckpoint) {
        state.withLock { head in
            precondition(head.size < checkpoint.size, "A log only grows.")
            head = checkpoint
        }
    }
}
