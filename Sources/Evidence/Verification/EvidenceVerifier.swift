import Anchoring
import MerkleLog
import OpenSSL

/// Judges an evidence file offline: no database, no network, nobody's word but the mathematics and the keys it is
/// given.
public struct EvidenceVerifier: Sendable {
    /// Chosen by the checker beforehand; then nothing else counts. If `nil`, the keys in the evidence file are used,
    /// and the report says that nobody vouched for them.
    public let trust: TrustBundle?

    public init(trust: TrustBundle? = nil) { self.trust = trust }

    /// Checks the bytes of an `.asice` file, and the registered file if its facts are given.
    public func report(on bytes: [UInt8], file facts: FileFacts? = nil) -> VerificationReport {
        do {
            let (file, findings) = try EvidenceFile.reading(bytes)
            return report(on: file, findings: findings, layout: Self.layout(.passed, found: nil), facts: facts)
        } catch {
            return VerificationReport(failing: Self.layout(.failed, found: error.message))
        }
    }

    /// Checks the members of an evidence file that was unpacked into a folder.
    public func report(
        onMembers members: [(path: String, bytes: [UInt8])],
        file facts: FileFacts? = nil
    ) -> VerificationReport {
        do {
            let (file, findings) = try EvidenceFile.collecting(members)
            let layout = Self.layout(.notRun, found: "an unpacked folder was given")
            return report(on: file, findings: findings, layout: layout, facts: facts)
        } catch {
            return VerificationReport(failing: Self.layout(.failed, found: error.message))
        }
    }

    private static func layout(_ status: VerificationCheck.Status, found: String?) -> VerificationCheck {
        VerificationCheck(
            "container.layout",
            .container,
            "The ZIP is laid out as Cinnabar writes it",
            status,
            expected: "an evidence file of layout evidence-1",
            found: found,
            rule: "ETSI EN 319 162-1; Cinnabar evidence-1",
            command: "unzip -t FILE.asice"
        )
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
        report.checks += FileChecks(record: record.record, facts: facts, documents: file.documents).checks
        report.checks += record.checks
        let (seen, unreadable) = TrustMember.bundle(of: file.trustMembers)
        let trust = CheckerTrust(chosen: trust, seen: seen)
        let folders = file.checkpointFolders
        for folder in folders {
            report.checks += LogChecks(file: file, folder: folder, id: record.id, trust: trust).checks
        }
        if folders.isEmpty { report.checks.append(LogChecks.absent) }
        report.checks += PlaceCheck(file: file).checks
        let time = folders.map { TimeChecks(file: file, folder: $0, record: record.record, trust: trust) }
        report.checks += time.flatMap(\.checks)
        let vouched = time.flatMap(\.vouchedTimestamps)
        let anchors = folders.map { AnchorChecks(file: file, folder: $0, record: record.record, trust: trust) }
        report.checks += anchors.flatMap(\.checks)
        report.checks += TrustChecks(file: file, trust: trust, unreadable: unreadable, vouched: vouched).checks
        report.remains =
            Remainder(
                hasFile: facts != nil || !file.documents.isEmpty,
                trust: trust,
                hasOutsider: vouched.contains { !$0.isSelfOperated } || anchors.contains(where: \.hasOutsider),
                folderCount: folders.count,
                isWitnessed: folders.contains {
                    WitnessChecks(file: file, folder: $0, trust: trust).isPolicyMet
                },
                ofOutsiders: Self.remains(of: vouched, anchors)
            ).sentences
        return report
    }

    /// What each outsider must be believed for, an authority once however often it stamped.
    private static func remains(of timestamps: [VerifiedTimestamp], _ anchors: [AnchorChecks]) -> [String] {
        let authorities = Set(timestamps.filter { !$0.isSelfOperated }.map(\.authority.subject)).sorted()
        return authorities.map { "\($0): that its key and its clock were right when it stamped." }
            + anchors.flatMap(\.remains)
    }
}
