import Anchoring
import Bytes
public import Evidence
public import EvidenceStore
public import MerkleLog
import OpenSSL

extension Notary {
    /// A registration of this caller's account; `nil` when there is none with this id, or it is another account's.
    public func registration(_ id: LeafHash, for caller: Caller) throws -> Registration? {
        try registration(id, for: caller, isReplay: false)
    }

    func registration(_ id: LeafHash, for caller: Caller, isReplay: Bool) throws -> Registration? {
        guard let stored = try store.record(id, for: caller.account), lanes.holds(stored.position) else {
            return nil
        }
        let covering = TreeSize(stored.position.index.value + 1)
        guard let checkpoint = try store.checkpoint(atOrAfter: covering, lane: stored.position.lane),
            let entry = try store.entry(at: stored.position)
        else { throw NotaryError(.storeFailed, "The store lacks the entry or the checkpoint of this registration.") }
        let record = try Record(parsing: stored.bytes)
        return Registration(
            id: id,
            position: stored.position,
            receivedAt: record.receivedAt,
            batchTime: UTCTime(milliseconds: checkpoint.batchTime),
            record: stored.bytes,
            entry: entry,
            checkpoint: checkpoint.signed,
            proof: try inclusionProof(of: stored.position, in: checkpoint.size),
            isReplay: isReplay,
            earlier: try earlierMatches(of: record, at: stored.position, for: caller),
            timestamps: try timestamps(covering: stored.position),
            witnessing: try witnessing(covering: stored.position),
            hasWitnesses: witnesses != nil,
            anchors: try anchors(covering: stored.position, batchTime: checkpoint.batchTime),
            anchorQuorum: anchoring.quorum,
            demandedAuthorities: try store.demandedAuthorities(of: caller.account)
        )
    }

    /// Ids and places of the caller's registrations in the order of the log.
    public func registrations(
        for caller: Caller,
        after position: LogPosition?,
        limit: Int
    ) throws -> [AccountRegistration] {
        try store.registrations(of: caller.account, after: position, limit: limit).filter {
            lanes.holds($0.position)
        }
    }

    /// What the public log shows of an entry, to anyone who knows its id: place, entry, checkpoint and proof; and of an
    /// erased registration, `erased` with time, reason and receipt.
    public func publicEntry(_ id: LeafHash) throws -> JSONValue? {
        guard let position = try store.position(of: id), lanes.holds(position),
            let entry = try store.entry(at: position),
            let checkpoint = try store.checkpoint(
                atOrAfter: TreeSize(position.index.value + 1),
                lane: position.lane
            )
        else { return nil }
        let proof = try inclusionProof(of: position, in: checkpoint.size)
        var members: [String: JSONValue] = [
            "id": .string(id.hex), "lane": .integer(position.lane.rawValue), "index": .integer(position.index.value),
            "entry": .string(String(decoding: entry, as: UTF8.self)),
            "batchTime": .string(UTCTime(milliseconds: checkpoint.batchTime).description),
            "checkpoint": .string(String(decoding: checkpoint.signed, as: UTF8.self)),
            "proof": [
                "index": .integer(proof.index.value), "size": .integer(proof.size.value),
                "hashes": .array(proof.hashes.map { .string(Base64.encode($0.bytes)) }),
            ],
        ]
        members["erased"] = try erasures.receipt(at: position)?.json
        return .object(members)
    }

    /// How witnesses cosigned a tree that holds the entry, directly or by way of the top log.
    func witnessing(covering position: LogPosition) throws -> Registration.Witnessing? {
        guard let witnesses, let outgoing = try outgoingPlace(of: position),
            let size = try witnesses.witnessedSize(covering: TreeSize(outgoing.index.value + 1))
        else { return nil }
        return Registration.Witnessing(size: size, witnesses: try witnesses.names(at: size))
    }

    /// The timestamps that ``storedTimestamps(covering:)`` finds, as their owner sees them.
    func timestamps(covering position: LogPosition) throws -> [Registration.Timestamp] {
        try storedTimestamps(covering: position).compactMap { stored in
            guard let token = try UnverifiedTimestamp(response: stored.response).response.token else { return nil }
            return Registration.Timestamp(
                authority: stored.authority,
                isSelfOperated: token.policy == SelfOperatedAuthority.policy,
                time: UTCTime(seconds: token.genTimeSeconds),
                size: stored.size
            )
        }
    }

    /// Of every authority the first timestamp over a checkpoint that covers the entry, directly or by way of the top log.
    func storedTimestamps(covering position: LogPosition) throws -> [StoredTimestamp] {
        guard let outgoing = try outgoingPlace(of: position) else { return [] }
        let covering = TreeSize(outgoing.index.value + 1)
        return try store.authorities(of: outgoing.lane).compactMap {
            try store.firstTimestamp(atOrAfter: covering, authority: $0, lane: outgoing.lane)
        }
    }

    /// Where the log that outsiders see holds an entry: its own place, or with several lanes the place of the first
    /// checkpoint of its lane that covers it; `nil` while the top log has none.
    func outgoingPlace(of position: LogPosition) throws -> LogPosition? {
        guard let top = lanes.top, position.lane != top.id else { return position }
        let covering = TreeSize(position.index.value + 1)
        guard let checkpoint = try store.laneCheckpoint(atOrAfter: covering, lane: position.lane),
            top.published.holds(checkpoint.position)
        else { return nil }
        return checkpoint.position
    }

    /// Equal bytes registered before this one. Near copies are told at registration; a later search finds them again.
    private func earlierMatches(of record: Record, at position: LogPosition, for caller: Caller) throws -> [Match] {
        guard let digest = record.digest(.sha256) else { return [] }
        return try matcher(for: caller).matches(sha256: digest.value, picture: nil, before: position)
    }

    func matcher(for caller: Caller) -> Matcher {
        Matcher(store: store, pictures: pictures, parts: parts, lanes: lanes, caller: caller)
    }
}
