import EvidenceStore
import MerkleLog

/// Names the rows of an index that differ from the entries, once its sum has told that some do. Slow: looks rows up one
/// by one, until there are enough findings.
struct IndexDetail {
    let lanes: [LaneAudit]
    let index: IndexAudit
    let judge: EntryJudge

    private var store: Store { index.store }

    func find(_ families: Set<Family>, _ report: inout AuditReport) throws {
        let before = report.findings.count
        for lane in lanes { try findMissing(families, lane, &report) }
        for family in families.sorted(by: { $0.rawValue < $1.rawValue }) where family != .originals {
            try index.forEachRow(of: family) { row in
                guard !report.isFull, let finding = try finding(about: row, in: family) else { return }
                report.find(finding)
            }
        }
        if families.contains(.originals) { try findOriginals(&report) }
        if report.findings.count == before {
            // An original's missing chunk was told when the original was read.
            let names = families.map(\.rawValue).sorted().joined(separator: ", ")
            report.find("The rows of \(names) are not those that the entries call for.")
        }
    }

    private func findMissing(_ families: Set<Family>, _ lane: LaneAudit, _ report: inout AuditReport) throws {
        var entries = lane.entries
        entries.lookedUp = families
        var start: UInt64 = 0
        while start < lane.size, !report.isFull {
            let end = min(start + LaneAudit.pieceSize, lane.size)
            try lane.pace.pause(Int(end - start))
            for finding in try entries.check(start..<end).findings where !report.findings.contains(finding) {
                report.find(finding)
            }
            start = end
        }
    }

    /// - Returns: `nil` when the entry that the row leads to calls for it.
    private func finding(about row: Row, in family: Family) throws -> String? {
        guard let place = store.place(row, in: family) else {
            return "A row of \(family.rawValue) has not the layout of its family."
        }
        let index = place.index.value
        guard let lane = lanes.first(where: { $0.entries.lane == place.lane }), index < lane.size,
            let entry = try store.auditedEntries(in: index..<index + 1, lane: place.lane).first
        else {
            return "A row of \(family.rawValue) leads to entry \(index) of lane \(place.lane.rawValue): it has none."
        }
        let rows = try judge.judge(entry).rows
        let isCalledFor = rows.contains { $0.family == family && $0.key == row.key && $0.value == row.value }
        return isCalledFor ? nil : "A row of \(family.rawValue) leads to entry \(index), which does not call for it."
    }

    /// Chunks that no record names.
    private func findOriginals(_ report: inout AuditReport) throws {
        var named: Set<[UInt8]> = []
        for lane in lanes {
            for start in stride(from: 0, to: lane.size, by: Int(LaneAudit.pieceSize)) {
                let end = min(start + LaneAudit.pieceSize, lane.size)
                for entry in try store.auditedEntries(in: start..<end, lane: lane.entries.lane) {
                    guard case .record(_, let original?) = entry.content else { continue }
                    named.formUnion(original.chunkRows.map(\.key))
                }
            }
        }
        var strayCount = 0
        try index.forEachRow(of: .originals) { row in
            if !named.contains(row.key), try !store.isOfPendingOriginal(row) { strayCount += 1 }
        }
        if strayCount > 0 { report.find("There are \(strayCount) chunks of originals that no record names.") }
    }
}
