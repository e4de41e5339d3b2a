import Anchoring
import Bytes
import Evidence
import EvidenceStore
import Fingerprints
import MerkleLog
import OpenSSL

/// Walks the whole log and judges it: entries against records, leaves against tiles, tiles against checkpoints,
/// checkpoints against the key and each other, timestamps against checkpoints, the guard against the store.
struct LogAudit {
    private static let pageSize: UInt64 = 2048

    let store: Store
    let lane: LaneID
    let origin: String
    let trust: TrustBundle
    let guardFile: GuardFile

    func check(progress: (AuditProgress) -> Void) throws -> AuditReport {
        var report = AuditReport()
        guard let head = try store.head(of: lane) else {
            try checkGuard(against: .empty, root: TileWriter().root, &report)
            return report
        }
        var frontier = Frontier()
        var tiles = TileWriter()
        var start: UInt64 = 0
        var lastBatchTime = Int64.min
        var nextCheckpoint = try store.checkpoint(atOrAfter: TreeSize(1), lane: lane)
        while start < head.size.value {
            let end = min(start + Self.pageSize, head.size.value)
            let entries = try store.entries(in: start..<end, lane: lane)
            guard UInt64(entries.count) == end - start else {
                report.find("Entries are missing between \(start) and \(end).")
                return report
            }
            let leaves = entries.map { LeafHash(entry: $0) }
            for (offset, leaf) in leaves.enumerated() {
                let index = LeafIndex(start + UInt64(offset))
                try checkRecord(entries[offset], leaf, at: index, &report)
                frontier.append(leaf)
                while let checkpoint = nextCheckpoint, checkpoint.size == frontier.size {
                    try check(checkpoint, root: frontier.root, &report)
                    if checkpoint.batchTime < lastBatchTime {
                        report.find("The batch of size \(checkpoint.size) is of a time before the last one's.")
                    }
                    lastBatchTime = checkpoint.batchTime
                    nextCheckpoint = try store.checkpoint(
                        atOrAfter: TreeSize(checkpoint.size.value + 1),
                        lane: lane
                    )
                }
            }
            for tile in tiles.append(leaves).changedTiles where tile.isFull || end == head.size.value {
                if try store.tile(tile.id, lane: lane) != tile.bytes {
                    report.find("Tile \(tile.id) differs from its entries.")
                }
            }
            report.entries += UInt64(entries.count)
            start = end
            progress(AuditProgress(entries: start, total: head.size.value))
        }
        try checkGuard(against: head.size, root: frontier.root, &report)
        return report
    }

    private func checkRecord(
        _ bytes: [UInt8],
        _ leaf: LeafHash,
        at index: LeafIndex,
        _ report: inout AuditReport
    ) throws {
        if try store.position(of: leaf) != LogPosition(lane: lane, index: index) {
            report.find("The id of entry \(index) is not found at its place.")
        }
        guard lane != .top else { return try checkLaneCheckpoint(bytes, at: index, &report) }
        guard let stored = try store.recordForAudit(leaf) else {
            if try store.notices(of: lane, from: index, limit: 1).first?.index == index { return }
            report.find("The record of entry \(index) is missing.")
            return
        }
        report.records += 1
        if Entry(record: stored.bytes).bytes != bytes {
            report.find("The record of entry \(index) does not give the entry.")
        }
        guard let record = try? Record(parsing: stored.bytes) else {
            report.find("The record of entry \(index) does not read.")
            return
        }
        for digest in record.digests {
            guard let row = EvidenceStore.DocumentDigest(digest.algorithm, digest.value.bytes) else { continue }
            if try !store.hasRegistration(at: LogPosition(lane: lane, index: index), withDigest: row) {
                report.find("Entry \(index) is not found by its \(digest.algorithm.rawValue) digest.")
            }
        }
        try checkFingerprints(of: record, stored, at: index, &report)
    }

    /// An entry of the top log is the newest checkpoint that a lane had then, byte for byte.
    private func checkLaneCheckpoint(_ bytes: [UInt8], at index: LeafIndex, _ report: inout AuditReport) throws {
        let checkpoint = (try? SignedNote(parsing: bytes)).flatMap { try? Checkpoint(parsing: $0.text) }
        let lanes = try store.lanes()
        guard let checkpoint, let lane = lanes.first(where: { $0.origin == checkpoint.origin })?.lane else {
            report.find("Entry \(index) of the top log is no checkpoint of a lane.")
            return
        }
        if try store.checkpoint(ofSize: checkpoint.size, lane: lane)?.signed != bytes {
            report.find("Entry \(index) of the top log is not the checkpoint that its lane has.")
        }
        if try store.laneCheckpoint(atOrAfter: checkpoint.size, lane: lane)?.position.index != index {
            report.find("The checkpoint at entry \(index) of the top log is not found by its lane and size.")
        }
    }

    private func checkFingerprints(
        of record: Record,
        _ stored: StoredRecord,
        at index: LeafIndex,
        _ report: inout AuditReport
    ) throws {
        for fingerprint in record.fingerprints {
            let row = try store.fingerprint(fingerprint.algorithm, at: stored.position)
            let isSame =
                row.map {
                    Hex.encode($0.bytes) == fingerprint.value && Int($0.quality) == fingerprint.quality
                        && $0.id == stored.id && $0.account == stored.account
                } ?? false
            if !isSame { report.find("The \(fingerprint.algorithm) row of entry \(index) differs from its record.") }
        }
        if try record.fingerprints.isEmpty && store.fingerprint(PDQFingerprint.algorithm, at: stored.position) != nil {
            report.find("Entry \(index) has a fingerprint row, and its record has none.")
        }
    }

    private func check(_ checkpoint: StoredCheckpoint, root: Digest256, _ report: inout AuditReport) throws {
        report.checkpoints += 1
        guard let signed = verified(checkpoint.signed), signed.size == checkpoint.size
        else {
            report.find("The checkpoint of size \(checkpoint.size) is not signed by the log's key.")
            return
        }
        if signed.root != root {
            report.find("The checkpoint of size \(checkpoint.size) has another root than its entries.")
        }
        for stored in try store.timestamps(lane, size: checkpoint.size) {
            report.timestamps += 1
            let verified = try? UnverifiedTimestamp(response: stored.response).verified(
                data: checkpoint.signed,
                trust: .roots(trust.timestampRoots)
            )
            if verified == nil {
                report.find(
                    "A timestamp by \(stored.authority) does not cover the checkpoint of size \(checkpoint.size)."
                )
            }
        }
    }

    private func checkGuard(against size: TreeSize, root: Digest256, _ report: inout AuditReport) throws {
        guard let guarded = try guardFile.read().flatMap(verified) else {
            report.find("The guard file holds no checkpoint signed by the log's key.")
            return
        }
        if guarded.size != size {
            report.find("The guard file has seen \(guarded.size) entries, the store has \(size).")
        } else if guarded.root != root {
            report.find("The guard file has seen another tree of \(size) entries.")
        }
    }

    private func verified(_ signed: [UInt8]) -> Checkpoint? {
        guard let note = try? SignedNote(parsing: signed),
            let checkpoint = trust.logKeys.lazy.compactMap({ try? note.verifiedCheckpoint(log: $0, witnesses: []) })
                .first?.checkpoint
        else { return nil }
        return checkpoint.origin == origin ? checkpoint : nil
    }
}
