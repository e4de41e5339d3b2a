public import Bytes
import Evidence
public import MerkleLog

extension Registration {
    /// How far one outsider is with an entry.
    public struct Anchor: Sendable, Equatable {
        /// None is final: what an outsider has said stays, and more may come.
        public enum State: String, Sendable, CaseIterable {
            /// Nothing was sent yet.
            case waiting
            /// It was sent, and not confirmed.
            case submitted
            /// The outsider has promised, and not confirmed.
            case promised
            /// It is confirmed.
            case anchored
        }

        public let outsider: String
        public let kind: OutsiderPlan.Kind
        public let isSelfOperated: Bool
        public let state: State
        /// Of the checkpoint's tree; `nil` while none was chosen.
        public let size: TreeSize?
        /// When the confirmation came, by our clock.
        public let obtained: UTCTime?
        /// By when it was promised; `nil` once it is confirmed, and of an outsider that the log no longer has.
        public let dueBy: UTCTime?
        /// Whether that time is over.
        public let isLate: Bool
    }

    /// The outsiders that are not self-operated and have committed to the entry.
    var independentAnchors: [Anchor] { anchors.filter { $0.state == .anchored && !$0.isSelfOperated } }

    var isAnchored: Bool { independentAnchors.count >= anchorQuorum && missingAuthorities.isEmpty }

    var anchoredMeans: String {
        let names = independentAnchors.map(\.outsider)
        return "\(names.count) independent outsiders (\(names.joined(separator: ", "))) committed to a tree that holds "
            + "it: to change it unseen, each of them would have to help."
    }
}

extension Registration.Anchor {
    /// What may be said of it in this state, in one sentence.
    public var means: String {
        let sentence =
            switch state {
            case .waiting: "Its turn with \(outsider) has not come yet."
            case .submitted: "\(outsider) was sent a tree that holds it and has not confirmed."
            case .promised: "\(outsider) has promised to commit to a tree that holds it and has not confirmed."
            case .anchored:
                isSelfOperated
                    ? "\(outsider), run by the log's own operator, committed to a tree that holds it: order is proved, "
                        + "a date is not."
                    : "\(outsider) committed to a tree that holds it."
            }
        return isLate ? "\(sentence) It is late." : sentence
    }

    var json: JSONValue {
        [
            "outsider": .string(outsider), "kind": .string(kind.rawValue), "selfOperated": .bool(isSelfOperated),
            "state": .string(state.rawValue), "means": .string(means),
            "size": size.map { .integer($0.value) } ?? .null,
            "obtained": obtained.map { .string($0.description) } ?? .null,
            "dueBy": dueBy.map { .string($0.description) } ?? .null, "late": .bool(isLate),
        ]
    }
}
