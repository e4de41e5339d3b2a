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
        var plainInBatch: [LeafHash: UInt64] = [:]
        for submission in submissions {
            let index = first + UInt64(fresh.count)
            if case .plain(let plain) = submission.entry {
                // The log says a thing once: another time would be another leaf under the same id.
                if let earlier = try plainInBatch[plain.id] ?? store.position(of: plain.id)?.index.value {
                    places.append(.replayed(plain.id, earlier))
                    continue
                }
                plainInBatch[plain.id] = index
            }
            if let registration = submission.entry.registration, let claim = registration.idempotency {
                let account = registration.account
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
                earlierInBatch[scoped] = (claim, registration.id, index)
            }
            places.append(.fresh(index))
            fresh.append(submission)
        }
    }

    /// One entry for each submission, in their order.
    func entries(lane: LaneID, checkpoint: StoredCheckpoint, batch: TileBatch?) -> [SequencedEntry] {
        places.map { place in
            let (outcome, index, batch): (SequencedEntry.Outcome, UInt64, TileBatch?) =
                switch place {
                case .fresh(let index): (.sequenced, index, batch)
                case .replayed(let id, let index): (.replayed(id), index, nil)
                case .conflicting: (.conflicting, 0, nil)
                }
            let position = LogPosition(lane: lane, index: LeafIndex(index))
            return SequencedEntry(outcome, at: position, checkpoint: checkpoint, batch: batch)
        }
    }
}
