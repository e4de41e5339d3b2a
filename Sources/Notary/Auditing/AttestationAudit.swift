import Anchoring
import Evidence
import EvidenceStore
import MerkleLog

/// Judges what was signed beside the log: receipts of erasures by its own keys, and the cosignatures of witnesses.
struct AttestationAudit {
    private static let pageSize = 1000

    let store: Store
    let trust: TrustBundle

    func check(_ report: inout AuditReport) throws {
        try forEachRow(of: .erasures) { row in
            if let finding = try findingAboutErasure(row) { report.find(finding) }
        }
        try forEachRow(of: .cosignatures) { row in
            if let finding = try findingAboutCosignature(row) { report.find(finding) }
        }
    }

    private func forEachRow(of family: Family, _ body: (Row) throws -> Void) throws {
        var last: [UInt8]?
        while true {
            let rows = try store.rows(of: family, after: last, limit: Self.pageSize)
            for row in rows { try body(row) }
            guard rows.count == Self.pageSize, let key = rows.last?.key else { return }
            last = key
        }
    }

    /// A receipt stands for the entry at its place, and for one without a record: or a record that was taken away would
    /// pass for an erased one.
    private func findingAboutErasure(_ row: Row) throws -> String? {
        guard let place = store.place(row, in: .erasures) else {
            return "A row of erasures has not the layout of its family."
        }
        let index = place.index.value
        guard let entry = try store.auditedEntries(in: index..<index + 1, lane: place.lane).first else {
            return "A row of erasures is for entry \(index) of lane \(place.lane.rawValue), which is not there."
        }
        guard let receipt = try? ErasureReceipt(parsing: row.value, signedByOneOf: trust.logKeys),
            receipt.id == entry.id
        else { return "The erasure of entry \(index) has no receipt for it that is signed by the log's key." }
        if case .none = entry.content { return nil }
        return "Entry \(index) is erased by its receipt, and its record is still there."
    }

    /// A line stands under a checkpoint of its size; of a witness that the policy names it must be good.
    private func findingAboutCosignature(_ row: Row) throws -> String? {
        guard let stored = store.cosignature(row) else {
            return "A row of cosignatures has not the layout of its family."
        }
        guard let checkpoint = try store.checkpoint(ofSize: stored.size, lane: stored.lane),
            var note = try? SignedNote(parsing: checkpoint.signed)
        else {
            return "A cosignature by \(stored.line.name) is for a checkpoint of size \(stored.size) that is not there."
        }
        let keys = (trust.witnessPolicy?.witnesses ?? []).map(\.key)
        guard let key = keys.first(where: { $0.name == stored.line.name && $0.keyID == stored.line.keyID }) else {
            return nil
        }
        guard (try? note.append(stored.line)) != nil, (try? note.verified(by: [key])) != nil else {
            return "The cosignature by \(stored.line.name) is not for the checkpoint of size \(stored.size)."
        }
        return nil
    }
}
