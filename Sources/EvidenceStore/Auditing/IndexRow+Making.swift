public import Bytes
public import MerkleLog
import OpenSSL

extension StoredRecord {
    /// Every row of an index that there is because of this record, whose file has these digests and fingerprints.
    public func indexRows(
        digests: [DocumentDigest],
        provenance: DigestProvenance,
        fingerprints: [RecordFingerprint]
    ) -> [IndexRow] {
        let place = Keys.position(position)
        let owner = Keys.prefix(account)
        var rows = [IndexRow(family: .accountRecords, key: owner + place, value: [])]
        for digest in digests {
            let value = owner + [provenance.rawValue]
            rows.append(IndexRow(family: .digests, key: Keys.digest(digest) + place, value: value))
        }
        for fingerprint in fingerprints {
            let value = owner + id.digest.bytes + [fingerprint.quality] + fingerprint.bytes
            let key = Keys.fingerprints(fingerprint.algorithm) + place
            rows.append(IndexRow(family: .fingerprints, key: key, value: value))
        }
        return rows
    }
}

extension AuditedEntry {
    /// The row that leads from the id to the place.
    public var positionRow: IndexRow {
        IndexRow(family: .positions, key: id.digest.bytes, value: Keys.position(position))
    }

    /// The row that says that this entry is the log's own word.
    public var noticeRow: IndexRow { IndexRow(family: .notices, key: Keys.position(position), value: []) }

    /// The row of a top log's entry that is a lane's checkpoint.
    public func laneCheckpointRow(of lane: LaneID, size: TreeSize) -> IndexRow {
        IndexRow(family: .laneCheckpoints, key: Keys.checkpoint(lane, size), value: Keys.position(position))
    }
}

extension OriginalReader {
    /// A row for each chunk, without its value.
    public var chunkRows: [IndexRow] {
        (0..<chunkCount).map { IndexRow(family: .originals, key: Keys.chunk(object, UInt32($0)), value: []) }
    }

    /// SHA-256 of the file that all chunks together are.
    ///
    /// - Throws: ``StoreError`` with code `.corrupted` when a chunk is missing or was changed.
    public func digest() throws(StoreError) -> Digest256? {
        var stream = DigestStream(.sha256)
        for number in 0..<chunkCount { stream.update(try chunk(number)) }
        return Digest256(stream.finalize())
    }
}

extension Store {
    /// Whether the next opening of the store would sweep this original away.
    public func isPending(_ original: OriginalReader) throws(StoreError) -> Bool {
        try backend.value(for: original.object.bytes, in: .pendingOriginals) != nil
    }

    /// Whether a row of `originals` is of one that no record names yet.
    public func isOfPendingOriginal(_ row: Row) throws(StoreError) -> Bool {
        try backend.value(for: Array(row.key.prefix(ObjectID.byteCount)), in: .pendingOriginals) != nil
    }
}
