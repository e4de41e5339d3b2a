import EvidenceStore
import MerkleLog

extension Notary {
    /// Audits the whole log. Run it on a quiet log: registrations that come meanwhile make the end look unguarded.
    ///
    /// - Parameter progress: Called after every page of entries.
    public func audit(progress: (AuditProgress) -> Void = { _ in }) throws -> AuditReport {
        var report = AuditReport()
        let total = lanes.all.reduce(0) { $0 + $1.published.current.size.value }
        for lane in lanes.all {
            let done = report.entries
            let audit = LogAudit(
                store: store,
                lane: lane.id,
                origin: lane.origin,
                trust: trustBundle,
                guardFile: lane.guardFile
            )
            report.add(
                try audit.check { progress(AuditProgress(entries: done + $0.entries, total: total)) },
                of: lanes.top == nil ? nil : lane.origin
            )
        }
        return report
    }
}
