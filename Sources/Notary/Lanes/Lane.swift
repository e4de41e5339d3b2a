import EvidenceStore
import MerkleLog

/// One log of this notary: its name, its guard, its tree, and whoever gives places in it.
final class Lane: Sendable {
    let id: LaneID
    let origin: String
    let guardFile: GuardFile
    let sequencer: Sequencer
    /// The newest checkpoint that may be shown: durable and guarded.
    let published: PublishedHead
    /// Remembers tiles, so that a proof costs some table look-ups instead of hashing.
    let proofs: TreeReader<StoreTiles>

    init(
        _ opened: OpenedLane,
        store: Store,
        clock: SteadyClock,
        onCommit: @escaping @Sendable ([(Sequencer.Submission, LogPosition)]) -> Void
    ) {
        id = opened.id
        origin = opened.origin
        guardFile = opened.guardFile
        proofs = TreeReader(StoreTiles(store: store, lane: opened.id))
        let published = PublishedHead(opened.head)
        self.published = published
        sequencer = Sequencer(opened, store: store, clock: clock) { checkpoint, entries in
            onCommit(entries)
            published.advance(to: checkpoint)
        }
    }
}
