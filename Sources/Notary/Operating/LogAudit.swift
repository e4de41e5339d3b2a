import Anchoring
public import Evidence
import Bytes
import EvidenceStore
import Fingerprints
import MerkleLog
import OpenSSL

/// What an audit counted and found.
public struct AuditReport: Sendable {
    public internal(set) var entries: UInt64 = 0
    public internal(set) var records: UInt64 = 0
    public internal(set) var checkpoints: UInt64 = 0
    public internal(set) var timestamps: UInt64 = 0
    /// One sentence for each thing that does not hold, at most ``findingLimit``.
    public internal(set) var findings: [String] = []

    static let findingLimit = 100

    public var isConsistent: Bool { findings.isEmpty }

    public var json: JSONValue {
        [
            "consistent": .bool(isConsistent), "entries": .integer(entries), "records": .integer(records),
            "checkpoints": .integer(checkpoints), "timestamps": .integer(timestamps),
            "findings": .array(findings.map { .string($0) }),
        ]
    }

    mutating func find(_ what: @autoclosure () -> String) {
        if findings.count < Self.findingLimit { findings.append(what()) }
    }
}

/// How far an audit has come.
public struct AuditProgress: Sendable {
    public let entries: UInt64
    public let total: UInt64
}

/// Walks the whole log and judges it: entries against records, leaves against tiles, tiles against checkpoints,
/// checkpoints against the key and each other, time-stamps against checkpoints, the guard against the store.
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
            try checkGuard(against: TreeSize.empty, &report)
            return report
        }
        var frontier = Frontier()
        var tiles = TileWriter()
        var start: UInt64 = 0
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
        if try store.checkpoint(ofSize: head.size, lane: lane) != head {
            report.find("The newest checkpoint is not the head.")
        }
        try checkGuard(against: head.size, &report)
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
        guard let stored = try store.recordForAudit(leaf) else {
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
    }

    private func check(_ checkpoint: StoredCheckpoint, root: Digest256, _ report: inout AuditReport) throws {
        report.checkpoints += 1
        guard let note = try? SignedNote(parsing: checkpoint.signed),
            let signed = trust.logKeys.lazy.compactMap({ try? note.verifiedCheckpoint(log: $0, witnesses: []) }).first?
                .checkpoint, signed.origin == origin, signed.size == checkpoint.size
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
                    "A time-stamp by \(stored.authority) does not cover the checkpoint of size \(checkpoint.size)."
                )
            }
        }
    }

    private func checkGuard(against size: TreeSize, _ report: inout AuditReport) throws {
        guard let bytes = try guardFile.read(), let note = try? SignedNote(parsing: bytes),
            let guarded = try? Checkpoint(parsing: note.text)
        else {
            report.find("The guard file holds no checkpoint.")
            return
        }
        guard guarded.size == size else {
            report.find("The guard file has seen \(guarded.size) entries, the store has \(size).")
            return
        }
    }
}

extension Notary {
    /// Audits the whole log. Run it on a quiet log: registrations that come meanwhile make the end look unguarded.
    ///
    /// - Parameter progress: Called after every page of entries.
    public func audit(progress: (AuditProgress) -> Void = { _ in }) throws -> AuditReport {
        try LogAudit(store: store, lane: lane, origin: origin, trust: trustBundle, guardFile: guardFile).check(
            progress: progress
        )
    }
}
