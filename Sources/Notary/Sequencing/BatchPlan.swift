import EvidenceStore
import MerkleLog

/// Which submissions of a batch are new, and which an idempotency key already made.
///
/// Decided on the sequencer's thread, where nothing can come between looking and writing.
struct BatchPlan {
    private enum Place {
        case fresh(UInt64)
        case replayed(LeafHash, UInt64)
        case conflicting
    }

    private struct ScopedKey: Hashable {
        let account: AccountID
        let key: String
    }

    private(set) var fresh: [Sequencer.Submission] = []
    private var places: [Place] = []

    init(_ submissions: [Sequencer.Submission], first: UInt64, store: Store) throws {
        fresh.reserveCapacity(submissions.count)
        places.reserveCapacity(submissions.count)
        var earlierInBatch: [ScopedKey: (claim: IdempotencyClaim, id: LeafHash, index: UInt64)] = [:]
        for submission in submissions {
            let index = first + UInt64(fresh.count)
            if let claim = submission.registration.idempotency {
                let account = submission.registration.account
                let scoped = ScopedKey(account: account, key: claim.key)
                if let earlier = earlierInBatch[scoped] {
                    let isSame = earlier.claim.requestDigest == claim.requestDigest
                    places.append(isSame ? .replayed(earlier.id, earlier.index) : .conflicting)
                    continue
                }
                if let earlier = try store.idempotentRegistration(account, key: claim.key) {
                    let position = try store.position(of: earlier.id)
                    let isSame = earlier.requestDigest == claim.requestDigest
                    places.append(isSame ? .replayed(earlier.id, position?.index.value ?? 0) : .conflicting)
                    continue
                }
                earlierInBatch[scoped] = (claim, submission.registration.id, index)
            }
            places.append(.fresh(index))
            fresh.append(submission)
        }
    }

    /// One entry for each submission, in their order.
    func entries(checkpoint: StoredCheckpoint, batch: TileBatch?) -> [SequencedEntry] {
        places.map { place in
            switch place {
            case .fresh(let index):
                SequencedEntry(.sequenced, index: LeafIndex(index), checkpoint: checkpoint, batch: batch)
            case .replayed(let id, let index):
                SequencedEntry(.replayed(id), index: LeafIndex(index), checkpoint: checkpoint, batch: nil)
            case .conflicting:
                SequencedEntry(.conflicting, index: LeafIndex(0), checkpoint: checkpoint, batch: nil)
            }
        }
    }
}
