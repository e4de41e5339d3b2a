import Anchoring
import Bytes
import MerkleLog
import OpenSSL

/// Whether the keys and roots that the evidence leans on are ones the checker chose to trust.
struct TrustChecks {
    let file: EvidenceFile
    let seen: TrustBundle
    let unreadable: [String]
    let trust: TrustBundle

    var checks: [VerificationCheck] {
        var checks = seen.logKeys.map(check(logKey:)) + seen.timestampRoots.map(check(root:))
        checks += unreadable.map {
            VerificationCheck(
                "trust.\($0)",
                .trust,
                "trust/\($0) is a key or certificate named by its fingerprint",
                .failed,
                found: "it is not as this layout writes it",
                rule: "Cinnabar evidence-1"
            )
        }
        checks += orphanedRecords
        return checks
    }

    private func check(logKey key: VerifierKey) -> VerificationCheck {
        VerificationCheck(
            "trust.\(TrustMember.stem(of: key))",
            .trust,
            "The log key is in the trust bundle",
            trust.logKeys.isEmpty ? .notRun : trust.logKeys.contains(key) ? .passed : .failed,
            expected: trust.logKeys.map(\.text).joined(separator: ", "),
            found: trust.logKeys.isEmpty ? "no trust bundle was given; compare: \(key.text)" : key.text,
            rule: "C2SP signed-note",
            command: "cat trust/\(TrustMember.stem(of: key)).vkey"
        )
    }

    private func check(root: SigningCertificate) -> VerificationCheck {
        let name = TrustMember.name(of: root)
        let fingerprint = "SHA-256 \(root.fingerprint.hex), \(root.subject)"
        return VerificationCheck(
            "trust.\(name)",
            .trust,
            "The time-stamp authority's root is in the trust bundle",
            trust.timestampRoots.isEmpty ? .notRun : trust.timestampRoots.contains(root) ? .passed : .failed,
            expected: trust.timestampRoots.map(\.fingerprint.hex).joined(separator: ", "),
            found: trust.timestampRoots.isEmpty ? "no trust bundle was given; compare: \(fingerprint)" : fingerprint,
            rule: "RFC 5280",
            command: "openssl x509 -in trust/\(name) -noout -subject -fingerprint -sha256"
        )
    }

    /// Evidence records that belong to no time-stamp of this file.
    private var orphanedRecords: [VerificationCheck] {
        let known = Set(
            file.checkpointFolders.flatMap { file.anchors(of: $0) }.map {
                EvidenceRecordManifest.id(ofResponse: $0.bytes)
            }
        )
        return file.members.keys.compactMap { path in
            guard case .evidenceRecord(let id) = path, !known.contains(id) else { return nil }
            return VerificationCheck(
                "time.evidence-record.\(id)",
                .time,
                "The evidence record belongs to one of the time-stamps",
                .failed,
                found: "no time-stamp of this file has its name",
                rule: "RFC 4998; Cinnabar evidence-1"
            )
        }
    }
}
