import Anchoring
import Bytes
import MerkleLog
import OpenSSL

/// Whether the keys and roots that the evidence leans on are ones the checker chose to trust.
struct TrustChecks {
    let file: EvidenceFile
    let trust: CheckerTrust
    let unreadable: [String]
    /// The timestamps by authorities that count.
    let vouched: [VerifiedTimestamp]

    var checks: [VerificationCheck] {
        var checks = trust.seen.logKeys.map(check(logKey:))
        checks += trust.seen.timestampRoots.map {
            check(
                TrustMember.name(of: $0),
                $0,
                "The timestamp authority's root is in the trust bundle",
                in: trust.chosen?.timestampRoots
            )
        }
        checks += trust.seen.endorserRoots.map {
            check(
                TrustMember.name(ofEndorser: $0),
                $0,
                "The endorsing organization's root is in the trust bundle",
                in: trust.chosen?.endorserRoots
            )
        }
        checks += authority
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
        return checks + orphanedRecords
    }

    private func check(logKey key: VerifierKey) -> VerificationCheck {
        VerificationCheck(
            "trust.\(TrustMember.stem(of: key))",
            .trust,
            "The log key is in the trust bundle",
            status(isChosen: trust.chosen?.logKeys.contains(key)),
            found: found(key.text, isChosen: trust.chosen?.logKeys.contains(key)),
            rule: "C2SP signed-note",
            command: "cat trust/\(TrustMember.stem(of: key)).vkey"
        )
    }

    private func check(
        _ name: String,
        _ root: SigningCertificate,
        _ title: String,
        in chosen: [SigningCertificate]?
    ) -> VerificationCheck {
        let isChosen = chosen?.contains(root)
        return VerificationCheck(
            "trust.\(name)",
            .trust,
            title,
            status(isChosen: isChosen),
            found: found("SHA-256 \(root.fingerprint.hex), \(root.subject)", isChosen: isChosen),
            rule: "RFC 5280",
            command: "openssl x509 -in trust/\(name) -noout -subject -fingerprint -sha256"
        )
    }

    /// A key that was not chosen does no harm: nothing leans on it.
    private func status(isChosen: Bool?) -> VerificationCheck.Status { isChosen == true ? .passed : .notRun }

    private func found(_ text: String, isChosen: Bool?) -> String {
        switch isChosen {
        case true?: text
        case false?: "not in the trust bundle, and nothing leans on it: \(text)"
        case nil: "no trust bundle was given; compare: \(text)"
        }
    }

    /// Of the roots that were chosen, one at least must have something to do with this evidence.
    private var authority: [VerificationCheck] {
        guard let chosen = trust.chosen, !chosen.timestampRoots.isEmpty else { return [] }
        return [
            VerificationCheck(
                "trust.authority",
                .trust,
                "A timestamp authority in the trust bundle stamped a checkpoint that holds the entry",
                vouched.isEmpty ? .failed : .passed,
                expected: chosen.timestampRoots.map(\.fingerprint.hex).joined(separator: ", "),
                found: vouched.isEmpty ? "no timestamp under any of these roots" : vouched[0].authority.subject,
                rule: "RFC 3161, RFC 5280"
            )
        ]
    }

    /// Evidence records that belong to no timestamp of this file.
    private var orphanedRecords: [VerificationCheck] {
        let known = Set(
            file.checkpointFolders.flatMap { file.anchors(of: $0) }.map {
                EvidenceRecordManifest.id(ofResponse: $0.bytes)
            }
        )
        return file.members.keys.compactMap { path in
            guard case .evidenceRecord(let id) = path, !known.contains(EvidenceRecordSet.timestampID(of: id))
            else { return nil }
            return VerificationCheck(
                "time.evidence-record.\(id)",
                .time,
                "The evidence record belongs to one of the timestamps",
                .failed,
                found: "no timestamp of this file has its name",
                rule: "RFC 4998; Cinnabar evidence-1"
            )
        }
    }
}
