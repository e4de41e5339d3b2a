import MerkleLog

/// Judges an evidence file offline: no database, no network, nobody's word but the mathematics and the keys it is given.
public struct EvidenceVerifier: Sendable {
    /// Chosen by the checker beforehand. Where it is empty, the keys in the evidence file are used, and the report says
    /// that nobody vouched for them.
    public let trust: TrustBundle

    public init(trust: TrustBundle = TrustBundle()) { self.trust = trust }

    /// Checks the bytes of an `.asice` file, and the registered file if its facts are given.
    public func report(on bytes: [UInt8], file facts: FileFacts? = nil) -> VerificationReport {
        do {
            let (file, findings) = try EvidenceFile.reading(bytes)
            let layout = VerificationCheck(
                "container.layout",
                .container,
                "The ZIP is laid out as Cinnabar writes it",
                .passed,
                rule: "ETSI EN 319 162-1; Cinnabar evidence-1",
                command: "unzip -t FILE.asice"
            )
            return report(on: file, findings: findings, layout: layout, facts: facts)
        } catch {
            var report = VerificationReport()
            report.checks = [
                VerificationCheck(
                    "container.layout",
                    .container,
                    "The ZIP is laid out as Cinnabar writes it",
                    .failed,
                    expected: "an evidence file of layout evidence-1",
                    found: error.message,
                    rule: "ETSI EN 319 162-1; Cinnabar evidence-1",
                    command: "unzip -t FILE.asice"
                )
            ]
            return report
        }
    }

    /// Checks the members of an evidence file that was unpacked into a folder.
    public func report(
        onMembers members: [(path: String, bytes: [UInt8])],
        file facts: FileFacts? = nil
    ) -> VerificationReport {
        let (file, findings) = EvidenceFile.collecting(members)
        let layout = VerificationCheck(
            "container.layout",
            .container,
            "The ZIP is laid out as Cinnabar writes it",
            .notRun,
            found: "an unpacked folder was given",
            rule: "ETSI EN 319 162-1; Cinnabar evidence-1"
        )
        return report(on: file, findings: findings, layout: layout, facts: facts)
    }

    private func report(
        on file: EvidenceFile,
        findings: [EvidenceFile.Finding],
        layout: VerificationCheck,
        facts: FileFacts?
    ) -> VerificationReport {
        var report = VerificationReport()
        report.checks = [layout]
        report.checks += ContainerChecks(file: file, findings: findings).checks
        let record = RecordChecks(file: file)
        report.id = record.id?.hex
        report.record = record.record
        let embedded = file.document.map { FileFacts(of: $0.bytes) }
        report.checks += FileChecks(record: record.record, facts: facts ?? embedded).checks
        report.checks += record.checks
        let (seen, unreadable) = TrustMember.bundle(of: file.trustMembers)
        var time: [VerificationCheck] = []
        for folder in file.checkpointFolders {
            report.checks += LogChecks(file: file, folder: folder, id: record.id, keys: keys(seen: seen)).checks
            time += TimeChecks(file: file, folder: folder, record: record.record, roots: roots(seen: seen)).checks
        }
        if file.checkpointFolders.isEmpty { report.checks.append(LogChecks.absent) }
        report.checks += time
        report.checks += TrustChecks(file: file, seen: seen, unreadable: unreadable, trust: trust).checks
        report.remains = Remainder(file: file, facts: facts, trust: trust).sentences
        return report
    }

    private func keys(seen: TrustBundle) -> TrustBundle { trust.logKeys.isEmpty ? seen : trust }
    private func roots(seen: TrustBundle) -> TrustBundle { trust.timestampRoots.isEmpty ? seen : trust }
}
