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
        guard let stored = try store.record(id, for: caller.account), published.holds(stored.position) else {
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
            timestamps: try timestamps(covering: stored.position)
        )
    }

    /// Ids and places of the caller's registrations in the order of the log.
    public func registrations(
        for caller: Caller,
        after position: LogPosition?,
        limit: Int
    ) throws -> [AccountRegistration] {
        try store.registrations(of: caller.account, after: position, limit: limit).filter {
            published.holds($0.position)
        }
    }

    /// What the public log shows of an entry, to anyone who knows its id: place, entry, checkpoint and proof.
    public func publicEntry(_ id: LeafHash) throws -> JSONValue? {
        guard let position = try store.position(of: id), published.holds(position),
            let entry = try store.entry(at: position),
            let checkpoint = try store.checkpoint(
                atOrAfter: TreeSize(position.index.value + 1),
                lane: position.lane
            )
        else { return nil }
        let proof = try inclusionProof(of: position, in: checkpoint.size)
        return [
            "id": .string(id.hex), "lane": .integer(position.lane.rawValue), "index": .integer(position.index.value),
            "entry": .string(String(decoding: entry, as: UTF8.self)),
            "batchTime": .string(UTCTime(milliseconds: checkpoint.batchTime).description),
            "checkpoint": .string(String(decoding: checkpoint.signed, as: UTF8.self)),
            "proof": [
                "index": .integer(proof.index.value), "size": .integer(proof.size.value),
                "hashes": .array(proof.hashes.map { .string(Base64.encode($0.bytes)) }),
            ],
        ]
    }

    /// Of every authority the first timestamp that covers the entry.
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

    func storedTimestamps(covering position: LogPosition) throws -> [StoredTimestamp] {
        let covering = TreeSize(position.index.value + 1)
        return try store.authorities(of: position.lane).compactMap {
            try store.firstTimestamp(atOrAfter: covering, authority: $0, lane: position.lane)
        }
    }

    /// Equal bytes registered before this one. Near copies are told at registration; a later search finds them again.
    private func earlierMatches(of record: Record, at position: LogPosition, for caller: Caller) throws -> [Match] {
        guard let digest = record.digest(.sha256) else { return [] }
        return try matcher(for: caller).matches(sha256: digest.value, pdq: nil, before: position)
    }

    func matcher(for caller: Caller) -> Matcher {
        Matcher(store: store, pictures: pictures, published: published, caller: caller)
    }
}
