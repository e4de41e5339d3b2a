import EvidenceStore
import MerkleLog

/// How the guard file of a log stands to a restored store.
public enum GuardStanding: Sendable, Equatable {
    /// The log goes on where it was.
    case equal
    /// A crash left it one batch behind: the log goes on.
    case oneBatchBehind
    /// So many entries were acknowledged after the copy, and the store does not have them.
    case ahead(entries: UInt64)
    /// So many entries behind, and more than a crash leaves.
    case behind(entries: UInt64)
    /// It holds another tree, or no checkpoint that the log's key signed.
    case different
    case absent

    /// Whether `serve` starts with it.
    public var isReady: Bool { self == .equal || self == .oneBatchBehind }

    init(of guardFile: GuardFile, to store: Store, lane: LaneID, key: VerifierKey) throws {
        let keys = try LogKeys(store.logKeys(of: lane), orNever: key)
        guard let bytes = try guardFile.read() else {
            self = .absent
            return
        }
        guard let guarded = try? keys.verified(bytes).checkpoint else {
            self = .different
            return
        }
        let head = try store.head(of: lane)
        let size = head?.size ?? .empty
        if guarded.size > size {
            self = .ahead(entries: guarded.size.value - size.value)
        } else if try StoreTiles(store: store, lane: lane).root(at: guarded.size) != guarded.root {
            self = .different
        } else if guarded.size == size {
            self = .equal
        } else if try store.checkpoint(atOrAfter: TreeSize(guarded.size.value + 1), lane: lane) == head {
            self = .oneBatchBehind
        } else {
            self = .behind(entries: size.value - guarded.size.value)
        }
    }

    var word: String {
        switch self {
        case .equal: "equal"
        case .oneBatchBehind: "oneBatchBehind"
        case .ahead: "ahead"
        case .behind: "behind"
        case .different: "different"
        case .absent: "absent"
        }
    }
}
