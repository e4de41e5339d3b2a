public import Bytes
public import Evidence
public import EvidenceStore
public import MerkleLog

/// A registration as its owner sees it: the record, its place in the log, and who has committed to it since.
public struct Registration: Sendable {
    /// How far an entry has come. Each state says what may be claimed in it; none is final.
    public enum State: String, Sendable {
        case published, witnessed, timestamped, anchored
    }

    /// A timestamp over a checkpoint that holds the entry.
    public struct Timestamp: Sendable, Equatable {
        public let authority: String
        public let isSelfOperated: Bool
        public let time: UTCTime
        /// Size of the tree that was stamped.
        public let size: TreeSize
    }

    /// A checkpoint that holds the entry and is cosigned as the policy over witnesses asks.
    public struct Witnessing: Sendable, Equatable {
        /// Of the checkpoint's tree.
        public let size: TreeSize
        /// The witnesses that cosigned it, as the policy calls them.
        public let witnesses: [String]
    }

    public let id: LeafHash
    public let position: LogPosition
    public let receivedAt: UTCTime
    /// Our clock when the batch was made.
    public let batchTime: UTCTime
    /// The bytes of `record.json`.
    public let record: [UInt8]
    public let entry: [UInt8]
    /// The signed note of the first checkpoint that holds the entry.
    public let checkpoint: [UInt8]
    public let proof: InclusionProof
    /// Whether this is the answer to a repeated request, and nothing new was written.
    public let isReplay: Bool
    /// Earlier registrations of the same or a similar picture, best first.
    public let earlier: [Match]
    public let timestamps: [Timestamp]
    /// `nil` while the entry is unwitnessed.
    public let witnessing: Witnessing?
    /// Whether a policy over witnesses is configured.
    public let hasWitnesses: Bool
    /// Of every outsider, how far it is with this entry.
    public let anchors: [Anchor]
    /// How many outsiders that are not self-operated make an entry anchored.
    public let anchorQuorum: Int
    /// The authorities that must have stamped before the account's entries count as timestamped or anchored; none takes
    /// any.
    public let demandedAuthorities: [String]

    /// Enough independent outsiders say more than one outside timestamp does, that says more than witnesses do, and they
    /// say more than our own timestamp.
    public var state: State {
        if isAnchored { return .anchored }
        if isTimestampedOutside { return .timestamped }
        if witnessing != nil { return .witnessed }
        return timestamps.isEmpty || !missingAuthorities.isEmpty ? .published : .timestamped
    }

    /// The demanded authorities that have not stamped yet.
    var missingAuthorities: [String] {
        demandedAuthorities.filter { name in !timestamps.contains { $0.authority == name } }
    }

    private var isTimestampedOutside: Bool {
        missingAuthorities.isEmpty && timestamps.contains { !$0.isSelfOperated }
    }

    /// What may be claimed in this state, in one sentence.
    public var stateMeans: String {
        guard hasWitnesses else { return timeMeans }
        guard let witnessing else {
            return "\(timeMeans) It is unwitnessed: the log could still show others a different tree."
        }
        return
            "\(timeMeans) Witnesses (\(witnessing.witnesses.joined(separator: ", "))) cosigned a tree that holds it: "
            + "the log cannot show others a different one unless these witnesses help it."
    }

    private var timeMeans: String {
        if isAnchored { return anchoredMeans }
        guard missingAuthorities.isEmpty else {
            return
                "It is in a signed checkpoint of the log and provably included; an authority that the account demands "
                + "(\(missingAuthorities.joined(separator: ", "))) has not stamped it yet."
        }
        if timestamps.isEmpty {
            return "It is in a signed checkpoint of the log and provably included; no outsider has committed to it yet."
        }
        return timestamps.contains { !$0.isSelfOperated }
            ? "An outside authority timestamped a tree that holds it: it existed no later than that time."
            : "An authority run by this log's own operator timestamped a tree that holds it: order is proved, a date is not."
    }
}

extension Registration {
    public var json: JSONValue {
        [
            "id": .string(id.hex),
            "lane": .integer(position.lane.rawValue),
            "index": .integer(position.index.value),
            "state": .string(state.rawValue),
            "stateMeans": .string(stateMeans),
            "receivedAt": .string(receivedAt.description),
            "batchTime": .string(batchTime.description),
            "replayed": .bool(isReplay),
            "record": (try? JSONValue(parsing: record)) ?? .null,
            "recordText": .string(String(decoding: record, as: UTF8.self)),
            "entry": .string(String(decoding: entry, as: UTF8.self)),
            "checkpoint": .string(String(decoding: checkpoint, as: UTF8.self)),
            "proof": [
                "index": .integer(proof.index.value), "size": .integer(proof.size.value),
                "hashes": .array(proof.hashes.map { .string(Base64.encode($0.bytes)) }),
            ],
            "earlier": .array(earlier.map(\.json)),
            "timestamps": .array(timestamps.map(\.json)),
            "witnessed": witnessing?.json ?? .null,
            "anchors": .array(anchors.map(\.json)),
            "anchorQuorum": .integer(anchorQuorum),
            "demandedAuthorities": .array(demandedAuthorities.map { .string($0) }),
        ]
    }
}

extension Registration.Witnessing {
    var json: JSONValue {
        ["size": .integer(size.value), "witnesses": .array(witnesses.map { .string($0) })]
    }
}

extension Registration.Timestamp {
    var json: JSONValue {
        [
            "authority": .string(authority), "selfOperated": .bool(isSelfOperated),
            "time": .string(time.description), "size": .integer(size.value),
        ]
    }
}
