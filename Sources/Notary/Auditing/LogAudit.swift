import Evidence
import EvidenceStore
import MerkleLog

/// Walks everything that the store holds of its logs and judges it, at one moment.
///
/// Entries against leaves, tiles and checkpoints; checkpoints against the keys and each other; records and originals
/// against entries; indexes against records, in both directions; timestamps and the guard against checkpoints.
struct LogAudit {
    /// For reading only.
    let store: Store
    let lanes: [AuditedLane]
    let trust: TrustBundle
    let pace: AuditPace

    /// Audits a store that may be at work.
    static func current(
        _ store: Store,
        _ lanes: Lanes,
        trust: () -> TrustBundle,
        pace: AuditPace,
        progress: (AuditProgress) -> Void
    ) throws -> AuditReport {
        // First what was shown and guarded, then the rows: these then hold at least that much.
        let lanes = lanes.all.map(AuditedLane.init)
        let snapshot = try store.snapshot()
        defer { snapshot.close() }
        return try LogAudit(store: snapshot, lanes: lanes, trust: trust(), pace: pace).check(progress: progress)
    }

    func check(progress: (AuditProgress) -> Void) throws -> AuditReport {
        var report = AuditReport()
        var walk = AuditWalk()
        let judge = EntryJudge(store: store, lanes: Dictionary(uniqueKeysWithValues: lanes.map { ($0.origin, $0.id) }))
        let audits = try lanes.map { try audit($0, judge) }
        let total = audits.reduce(0) { $0 + $1.size }
        var done: UInt64 = 0
        for (lane, audit) in zip(lanes, audits) {
            var laneReport = AuditReport()
            try audit.check(into: &laneReport, &walk) { count in
                done += count
                progress(AuditProgress(entries: done, total: total))
            }
            try lane.checkGuard(against: store, keys: try keys(of: lane), &laneReport)
            report.add(laneReport, of: lanes.count > 1 ? lane.origin : nil)
        }
        try checkRest(audits, walk, judge, &report)
        return report
    }

    private func audit(_ lane: AuditedLane, _ judge: EntryJudge) throws -> LaneAudit {
        LaneAudit(
            entries: EntryAudit(
                store: store,
                lane: lane.id,
                origin: lane.origin,
                keys: try keys(of: lane),
                judge: judge
            ),
            size: try store.head(of: lane.id)?.size.value ?? 0,
            pace: pace
        )
    }

    /// The log's keys by the sizes from which they sign, if the audit trusts all of them.
    private func keys(of lane: AuditedLane) throws -> LogKeys? {
        guard let trusted = trust.logKeys.first(where: { $0.name == lane.origin }),
            let keys = try? LogKeys(store.logKeys(of: lane.id), orNever: trusted),
            keys.all.allSatisfy(trust.logKeys.contains)
        else { return nil }
        return keys
    }

    private func checkRest(
        _ audits: [LaneAudit],
        _ walk: AuditWalk,
        _ judge: EntryJudge,
        _ report: inout AuditReport
    ) throws {
        do {
            let sizes = Dictionary(uniqueKeysWithValues: audits.map { ($0.entries.lane, $0.size) })
            try StrayAudit(store: store, sizes: sizes, expectedTileCount: walk.tileCount).check(&report)
            let origins = Dictionary(uniqueKeysWithValues: lanes.map { ($0.id, $0.origin) })
            try TimestampAudit(store: store, origins: origins, roots: trust.timestampRoots, pace: pace).check(&report)
            try AttestationAudit(store: store, trust: trust).check(&report)
            try AnchorAudit(store: store).check(&report)
            let index = IndexAudit(store: store, walk: walk, pace: pace)
            let differing = try index.check(&report)
            guard !differing.isEmpty else { return }
            try IndexDetail(lanes: audits, index: index, judge: judge).find(differing, &report)
        } catch let error as StoreError where error.code == .corrupted {
            report.find("The store does not read: \(error.message)")
        }
    }
}
