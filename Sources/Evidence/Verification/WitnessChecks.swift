import Anchoring
import Bytes
import MerkleLog

/// Whether witnesses cosigned a checkpoint, by the policy that the checker chose.
struct WitnessChecks {
    let file: EvidenceFile
    let folder: MemberPath.CheckpointFolder
    let trust: CheckerTrust

    /// Whether the policy is met here, by a checkpoint of a log that it accepts.
    var isPolicyMet: Bool {
        guard let policy = trust.chosen?.witnessPolicy, policy.quorum != .none, let note = cosignedNote,
            isAccepted(note, policy), broken(note, policy).isEmpty
        else { return false }
        return policy.isMet(by: cosigners(note, policy).map(\.key))
    }

    var check: VerificationCheck {
        guard let note = cosignedNote else { return check(.failed, "checkpoint and checkpoint.signed differ") }
        let lineCount = note.signatures.count - 1
        guard let policy = trust.chosen?.witnessPolicy else {
            return lineCount == 0
                ? check(.notPresent, "unwitnessed")
                : check(.notRun, "\(lineCount) lines by witnesses; no witness policy was given")
        }
        let broken = broken(note, policy)
        guard broken.isEmpty else {
            return check(.failed, "the lines of \(broken.joined(separator: ", ")) do not hold for this checkpoint")
        }
        let names = cosigners(note, policy).map(\.name.description)
        guard !names.isEmpty else {
            return lineCount == 0
                ? check(.notPresent, "unwitnessed")
                : check(.notRun, "\(lineCount) lines, none by a witness of the policy")
        }
        let cosigned = "cosigned by \(names.joined(separator: ", "))"
        guard isAccepted(note, policy) else {
            return check(.notRun, "\(cosigned); the policy does not list the log that signed")
        }
        return isPolicyMet || policy.quorum == .none
            ? check(.passed, "\(cosigned): the policy is met")
            : check(.notPresent, "\(cosigned): not enough for the policy, so it is unwitnessed")
    }

    /// `checkpoint`, when it is `checkpoint.signed` with nothing but lines after it.
    private var cosignedNote: SignedNote? {
        guard let signed = file[.signedCheckpoint(folder)], let bytes = file[.checkpoint(folder)],
            bytes.starts(with: signed)
        else { return nil }
        return try? SignedNote(parsing: bytes)
    }

    private func cosigners(_ note: SignedNote, _ policy: TlogPolicy) -> [PolicyWitness] {
        policy.witnesses.filter { witness in
            note.signatures.contains { Cosignature(line: $0, over: note.text, by: [witness.key]) != nil }
        }
    }

    /// Lines that name a witness of the policy and are not its. Lines of others are nobody's here.
    private func broken(_ note: SignedNote, _ policy: TlogPolicy) -> [String] {
        policy.witnesses.filter { witness in
            witness.key.algorithm == .cosignature
                && note.signatures.contains { line in
                    line.keyID == witness.key.keyID && line.name.utf8.elementsEqual(witness.key.name.utf8)
                        && Cosignature(line: line, over: note.text, by: [witness.key]) == nil
                }
        }.map(\.name.description)
    }

    private func isAccepted(_ note: SignedNote, _ policy: TlogPolicy) -> Bool {
        policy.logs.isEmpty || policy.logs.contains { (try? note.verifiedCheckpoint(log: $0.key)) != nil }
    }

    private func check(_ status: VerificationCheck.Status, _ found: String) -> VerificationCheck {
        VerificationCheck(
            "log.cosignatures@\(file.label(of: folder))",
            .log,
            "Witnesses cosigned the checkpoint",
            status,
            expected: trust.chosen?.witnessPolicy.map { "the same note, cosigned by \($0.quorum) of the policy" }
                ?? "the same note with cosignatures",
            found: found,
            rule: "C2SP tlog-cosignature, tlog-policy",
            command: "cat \(MemberPath.checkpoint(folder).path)"
        )
    }
}
