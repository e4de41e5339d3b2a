import Anchoring
import Bytes
import OpenSSL

/// Whether the evidence records over a timestamp's checkpoint hold, and until when.
struct EvidenceRecordCheck {
    let file: EvidenceFile
    let folder: MemberPath.CheckpointFolder
    let trust: CheckerTrust
    /// `self-operated.tsr@20`.
    let label: String
    /// The timestamp's response.
    let response: [UInt8]
    /// Whether an authority that counts vouches for the timestamp itself.
    let isVouchedFor: Bool

    /// One for the record that has the timestamp's name, and one for each that was renewed apart from it.
    var checks: [VerificationCheck] {
        let id = EvidenceRecordManifest.id(ofResponse: response)
        let further = file.members.keys.compactMap { path in
            if case .evidenceRecord(let other) = path, other != id, EvidenceRecordSet.timestampID(of: other) == id {
                other
            } else {
                nil
            }
        }
        return [check(ofRecord: id, suffix: "")] + further.sorted().map { check(ofRecord: $0, suffix: ".\($0)") }
    }

    private func check(ofRecord id: String, suffix: String) -> VerificationCheck {
        let (status, found) = judgement(ofRecord: id)
        return VerificationCheck(
            "time.evidence-record.\(label)\(suffix)",
            .time,
            "An evidence record and its manifest cover that checkpoint",
            status,
            found: found,
            rule: "RFC 4998; ETSI EN 319 162-1"
        )
    }

    private func judgement(ofRecord id: String) -> (VerificationCheck.Status, String?) {
        let signed = file[.signedCheckpoint(folder)] ?? []
        guard let bytes = file[.evidenceRecord(id: id)], let manifest = file[.evidenceRecordManifest(id: id)] else {
            return (.failed, "it is missing")
        }
        guard manifest == EvidenceRecordManifest.manifest(id: id, over: signed, in: folder) else {
            return (.failed, "the manifest does not name this checkpoint with its digest")
        }
        do throws(EvidenceRecordError) {
            let record = try UnverifiedEvidenceRecord(bytes)
            let roots = trust.chosen?.timestampRoots ?? trust.seen.timestampRoots
            do throws(EvidenceRecordError) {
                let verified = try record.verified(over: signed, trust: .roots(roots))
                return isVouchedFor
                    ? (.passed, Self.sentence(for: verified)) : (.notRun, "its authority is not in the trust bundle")
            } catch {
                guard trust.chosen != nil else { throw error }
                let sound = try record.verified(over: signed, trust: .roots(roots + trust.seen.timestampRoots))
                return (.notRun, "\(Self.sentence(for: sound)); not all of its roots are in the trust bundle")
            }
        } catch {
            return (.failed, error.message)
        }
    }

    private static func sentence(for verified: VerifiedEvidenceRecord) -> String {
        let end = "it holds until \(UTCTime(seconds: verified.endSeconds)), unless it is renewed before"
        guard verified.renewalCount > 0 else { return end }
        let times = verified.timestamps.dropFirst().map { timestamp in
            "\(UTCTime(seconds: timestamp.token.genTimeSeconds)) by \(timestamp.authority.subject)"
                + (timestamp.isSelfOperated ? " (self-operated)" : "")
        }
        return "renewed \(times.joined(separator: ", ")); \(end)"
    }
}
