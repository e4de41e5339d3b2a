import Evidence
import EvidenceStore
import MerkleLog
import OpenSSL

/// Judges one entry by itself: its record and its original against it, and says which rows must be there because of it.
struct EntryJudge {
    enum Kind: Sendable { case record, erased, notice, laneCheckpoint, unknown }

    struct Judgement: Sendable {
        var kind = Kind.unknown
        var rows: [IndexRow] = []
        /// Of the record.
        var account: AccountID?
        var original: OriginalReader?
        var findings: [String] = []
    }

    let store: Store
    /// By their origins.
    let lanes: [String: LaneID]

    func judge(_ entry: AuditedEntry) throws -> Judgement {
        var judgement = Judgement()
        judgement.rows = [entry.positionRow]
        switch entry.content {
        case .record(let record, let original): try judge(entry, record, original, &judgement)
        case .unreadable(let error):
            judgement.kind = .record
            judgement.findings.append("The record of entry \(entry.name) does not open: \(error.message)")
        case .none: try judgeWithoutRecord(entry, &judgement)
        }
        return judgement
    }

    private func judge(
        _ entry: AuditedEntry,
        _ stored: StoredRecord,
        _ original: OriginalReader?,
        _ judgement: inout Judgement
    ) throws {
        judgement.kind = .record
        judgement.account = stored.account
        judgement.original = original
        if Entry(record: stored.bytes).bytes != entry.bytes {
            judgement.findings.append("The record of entry \(entry.name) does not give the entry.")
        }
        guard let record = try? Record(parsing: stored.bytes) else {
            judgement.findings.append("The record of entry \(entry.name) does not read.")
            return
        }
        judgement.rows += stored.indexRows(
            digests: record.indexedDigests,
            provenance: record.digestProvenance,
            fingerprints: record.indexedFingerprints
        )
        if let original { try judge(original, of: record, entry, &judgement) }
    }

    /// Every chunk opens, and together they are the file that the record names.
    private func judge(
        _ original: OriginalReader,
        of record: Record,
        _ entry: AuditedEntry,
        _ judgement: inout Judgement
    ) throws {
        judgement.rows += original.chunkRows
        if try store.isPending(original) {
            judgement.findings.append(
                "The original of entry \(entry.name) is marked as without a record: the next start would delete it."
            )
        }
        do {
            if try original.digest() != record.digest(.sha256)?.value {
                judgement.findings.append("The original of entry \(entry.name) is not the file that its record names.")
            }
        } catch {
            guard error.code == .corrupted else { throw error }
            judgement.findings.append("The original of entry \(entry.name) does not read: \(error.message)")
        }
    }

    private func judgeWithoutRecord(_ entry: AuditedEntry, _ judgement: inout Judgement) throws {
        if entry.hasKey {
            judgement.findings.append("Entry \(entry.name) has no record, and there is a record key for it.")
        }
        if try store.erasure(at: entry.position) != nil {
            judgement.kind = .erased
        } else if let checkpoint = laneCheckpoint(entry), let lane = lanes[checkpoint.origin] {
            judgement.kind = .laneCheckpoint
            judgement.rows.append(entry.laneCheckpointRow(of: lane, size: checkpoint.size))
            if try store.checkpoint(ofSize: checkpoint.size, lane: lane)?.signed != entry.bytes {
                judgement.findings.append("Entry \(entry.name) of the top log is not the checkpoint that its lane has.")
            }
        } else if LogNotice.isNotice(entry.bytes) {
            judgement.kind = .notice
            judgement.rows.append(entry.noticeRow)
        } else if entry.position.lane == .top {
            judgement.findings.append("Entry \(entry.name) of the top log is no checkpoint of a lane.")
        } else {
            judgement.findings.append("The record of entry \(entry.name) is missing.")
        }
    }

    /// The top log alone takes checkpoints for entries.
    private func laneCheckpoint(_ entry: AuditedEntry) -> Checkpoint? {
        guard entry.position.lane == .top, let note = try? SignedNote(parsing: entry.bytes) else { return nil }
        return try? Checkpoint(parsing: note.text)
    }
}

extension AuditedEntry {
    /// As findings call it.
    fileprivate var name: String { "\(position.index)" }
}
