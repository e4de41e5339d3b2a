import Anchoring
import EvidenceStore
import MerkleLog
import OpenSSL

/// Judges every timestamp: it covers a checkpoint of its log, byte for byte, by an authority with one of these roots.
struct TimestampAudit {
    private static let pageSize = 128

    let store: Store
    /// By their ids.
    let origins: [LaneID: String]
    let roots: [SigningCertificate]
    let pace: AuditPace

    func check(_ report: inout AuditReport) throws {
        var last: [UInt8]?
        while true {
            let rows = try store.rows(of: .timestamps, after: last, limit: Self.pageSize)
            let findings = try pace.map(rows.count) { number in
                try pace.pause(1)
                return try finding(about: rows[number])
            }
            report.timestamps += UInt64(rows.count)
            for finding in findings { if let finding { report.find(finding) } }
            guard rows.count == Self.pageSize, let key = rows.last?.key else { return }
            last = key
        }
    }

    private func finding(about row: Row) throws -> String? {
        guard let stored = store.timestamp(row) else { return "A row of timestamps has not the layout of its family." }
        guard let origin = origins[stored.lane],
            let checkpoint = try store.checkpoint(ofSize: stored.size, lane: stored.lane)
        else {
            return "A timestamp by \(stored.authority) is for a checkpoint of size \(stored.size) that is not there."
        }
        let verified = try? UnverifiedTimestamp(response: stored.response).verified(
            data: checkpoint.signed,
            trust: .roots(roots)
        )
        guard let verified, stored.imprint == verified.token.imprint else {
            return
                "A timestamp by \(stored.authority) does not cover the checkpoint of size \(stored.size) of \(origin)."
        }
        return try renewalFinding(about: stored, over: checkpoint.signed)
    }

    private func renewalFinding(about stored: StoredTimestamp, over signed: [UInt8]) throws -> String? {
        guard let record = try store.renewedRecord(of: stored) else { return nil }
        do throws(EvidenceRecordError) {
            let plain = try UnverifiedEvidenceRecord(
                EvidenceRecord.encode(timestamp: RenewableTimestamp.timestamp(of: stored))
            )
            let renewed = try UnverifiedEvidenceRecord(record)
            _ = try renewed.verified(over: signed, trust: .roots(roots))
            return plain.isBeginning(of: renewed)
                ? nil : "The renewal of a timestamp by \(stored.authority) is of another timestamp."
        } catch {
            return "The renewal of a timestamp by \(stored.authority) does not hold: \(error.message)"
        }
    }
}
