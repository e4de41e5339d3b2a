import EvidenceStore
import MerkleLog

extension Notary {
    /// Audits the whole log on all cores. It may be at work meanwhile: what is audited is the store at one moment.
    ///
    /// Holds 8 bytes for each registration, and some thousand entries at a time.
    ///
    /// - Parameter progress: Called after every page of entries.
    /// - Throws: ``StoreError`` with code `.io` or `.closed`. Damage is no error but a finding.
    public func audit(progress: (AuditProgress) -> Void = { _ in }) throws -> AuditReport {
        try audit(pace: .full, progress: progress)
    }

    func audit(pace: AuditPace, progress: (AuditProgress) -> Void = { _ in }) throws -> AuditReport {
        try LogAudit.current(store, lanes, trust: { trustBundle }, pace: pace, progress: progress)
    }
}
