import EvidenceStore
import Synchronization

/// The newest checkpoint that may be shown to anyone, for readers on any thread.
final class PublishedHead: Sendable {
    private let state: Mutex<StoredCheckpoint>

    init(_ head: StoredCheckpoint) { state = Mutex(head) }

    var current: StoredCheckpoint { state.withLock { $0 } }

    func advance(to checkpoint: StoredCheckpoint) {
        state.withLock { head in
            precondition(head.size < checkpoint.size, "A log only grows.")
            head = checkpoint
        }
    }
}
