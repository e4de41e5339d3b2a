import Bytes
import MerkleLog

extension Store {
    /// Makes a batch durable: entries, ids, records, keys, index rows, tiles and checkpoint in one synced write.
    ///
    /// A crash before this returns leaves all of the batch or none of it; after it, every row survives.
    ///
    /// - Throws: ``StoreError`` with code `.headMoved` when the lane does not end at the batch's first index, and
    ///   then nothing was written; `.full`, `.io`, `.corrupted` or `.closed`, and then it is unknown whether the
    ///   batch survives: sign nothing more and open the store again.
    public func commit(_ batch: SequencedBatch) throws(StoreError) {
        precondition(
            batch.checkpoint.size.value == batch.first.value + UInt64(batch.entries.count),
            "A batch's checkpoint covers its last entry and nothing after it."
        )
        try exclusively { () throws(StoreError) in
            let size = try head(of: batch.lane)?.size ?? .empty
            guard size.value == batch.first.value else {
                throw StoreError(.headMoved, "The log has \(size) entries; the batch begins at \(batch.first).")
            }
            // A crash before this line loses the batch; after it, opening finds the whole batch.
            try backend.commit(Self.rows(of: batch), durability: .synced)
        }
    }

    private static func rows(of batch: SequencedBatch) throws(StoreError) -> WriteBatch {
        var rows = WriteBatch()
        try putEntries(of: batch, to: &rows)
        for (offset, entry) in batch.entries.enumerated() {
            let position = LogPosition(lane: batch.lane, index: LeafIndex(batch.first.value + UInt64(offset)))
            rows.put(Keys.position(position), for: entry.id.digest.bytes, in: .positions)
            switch entry {
            case .registration(let registration): put(registration, at: position, to: &rows)
            case .plain(let plain): put(plain, at: position, in: batch, to: &rows)
            }
        }
        for tile in batch.tiles {
            rows.put(tile.bytes, for: Keys.tile(tile.id, batch.lane), in: .tiles)
        }
        rows.put(batch.checkpoint.row, for: Keys.checkpoint(batch.lane, batch.checkpoint.size), in: .checkpoints)
        return rows
    }

    private static func putEntries(of batch: SequencedBatch, to rows: inout WriteBatch) throws(StoreError) {
        for start in stride(from: 0, to: batch.entries.count, by: entriesPerRow) {
            let end = min(start + entriesPerRow, batch.entries.count)
            let index = LeafIndex(batch.first.value + UInt64(start))
            let bundle: EntryBundle
            do {
                bundle = try EntryBundle(batch.entries[start..<end].map(\.bytes))
            } catch {
                throw StoreError(.invalidArgument, "An entry is too long for the log.", cause: error)
            }
            rows.put(bundle.bytes, for: Keys.position(LogPosition(lane: batch.lane, index: index)), in: .entries)
        }
    }

    private static func put(
        _ plain: PlainEntry,
        at position: LogPosition,
        in batch: SequencedBatch,
        to rows: inout WriteBatch
    ) {
        let place = Keys.position(position)
        switch plain.kind {
        case .notice: rows.put([], for: place, in: .notices)
        case .newKey(let key, let first):
            rows.put([], for: place, in: .notices)
            if let first { rows.put(Array(first.utf8), for: Keys.checkpoint(batch.lane, .empty), in: .logKeys) }
            let firstSize = TreeSize(batch.checkpoint.size.value + 1)
            rows.put(Array(key.utf8), for: Keys.checkpoint(batch.lane, firstSize), in: .logKeys)
        case .checkpoint(let lane, let size): rows.put(place, for: Keys.checkpoint(lane, size), in: .laneCheckpoints)
        }
    }

    private static func put(
        _ registration: SealedRegistration,
        at position: LogPosition,
        to rows: inout WriteBatch
    ) {
        let place = Keys.position(position)
        let id = registration.id.digest.bytes
        let account = Keys.prefix(registration.account)
        rows.put(registration.recordRow, for: place, in: .records)
        rows.put(registration.wrappedKey, for: place, in: .recordKeys)
        rows.put([], for: account + place, in: .accountRecords)
        for digest in registration.digests {
            rows.put(account + [registration.digestProvenance.rawValue], for: Keys.digest(digest) + place, in: .digests)
        }
        for fingerprint in registration.fingerprints {
            let value = account + id + [fingerprint.quality] + fingerprint.bytes
            rows.put(value, for: Keys.fingerprints(fingerprint.algorithm) + place, in: .fingerprints)
        }
        for derived in registration.derived {
            rows.put(derived.bytes, for: Keys.derived(position, derived.name), in: .derived)
        }
        if let idempotency = registration.idempotency {
            let value = id + idempotency.requestDigest.bytes
            rows.put(value, for: Keys.idempotency(registration.account, idempotency.key), in: .idempotency)
        }
        if let original = registration.original {
            // From here on the record names the original; until here a sweep would have taken it away.
            rows.delete(original.bytes, in: .pendingOriginals)
        }
    }
}
