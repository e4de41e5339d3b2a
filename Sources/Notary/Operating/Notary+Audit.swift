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
