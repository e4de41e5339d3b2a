import Bytes
import MerkleLog

/// Whether the log signed the checkpoint, and the entry is in its tree.
struct LogChecks {
    let file: EvidenceFile
    let folder: MemberPath.CheckpointFolder
    let id: LeafHash?
    let trust: CheckerTrust

    static let absent = VerificationCheck(
        "log.checkpoint",
        .log,
        "The log signed a checkpoint that holds the entry",
        .failed,
        expected: "a checkpoint",
        found: "the evidence file has none",
        rule: "C2SP tlog-checkpoint"
    )

    private var witnesses: WitnessChecks { WitnessChecks(file: file, folder: folder, trust: trust) }

    var checks: [VerificationCheck] {
        do throws(NoteError) {
            let note = try SignedNote(parsing: file[.signedCheckpoint(folder)] ?? [])
            return [signature(on: note), inclusion(in: note), witnesses.check]
        } catch {
            return [checkpointCheck(.failed, found: error.message)]
        }
    }

    private func signature(on note: SignedNote) -> VerificationCheck {
        do throws(NoteError) {
            let verified = try verifiedCheckpoint(note)
            let checkpoint = verified.checkpoint
            guard folder == MemberPath.CheckpointFolder(origin: checkpoint.origin, size: checkpoint.size.value) else {
                return checkpointCheck(.failed, found: "a checkpoint of another log or size than its folder says")
            }
            guard note.signatures.count == 1 else {
                return checkpointCheck(.failed, found: "further signature lines in checkpoint.signed")
            }
            let found = "\(checkpoint.origin), size \(checkpoint.size)"
            return trust.chosen?.logKeys.isEmpty == true
                ? checkpointCheck(.notRun, found: "\(found), signed by a key that the trust bundle does not have")
                : checkpointCheck(.passed, found: found)
        } catch {
            return checkpointCheck(.failed, found: error.message)
        }
    }

    /// Under the first of the keys that signed; the error of the last one otherwise. Where the checker trusts no log
    /// key, the signature must still be sound under one in the evidence file.
    private func verifiedCheckpoint(_ note: SignedNote) throws(NoteError) -> VerifiedCheckpoint {
        var failure = NoteError(.untrusted, "none of the log keys at hand signed it")
        for key in trust.logKeys.isEmpty ? trust.seen.logKeys : trust.logKeys {
            guard
                note.signatures.contains(where: { $0.keyID == key.keyID && $0.name.utf8.elementsEqual(key.name.utf8) })
            else { continue }
            do throws(NoteError) {
                return try note.verifiedCheckpoint(log: key, witnesses: [])
            } catch {
                failure = error
            }
        }
        throw failure
    }

    private func checkpointCheck(_ status: VerificationCheck.Status, found: String) -> VerificationCheck {
        VerificationCheck(
            "log.checkpoint@\(file.label(of: folder))",
            .log,
            "The log signed the checkpoint of size \(folder.size)",
            status,
            expected: "a signature by a key of the log",
            found: found,
            rule: "C2SP tlog-checkpoint, signed-note",
            command: "sed '/^$/,$d' \(MemberPath.signedCheckpoint(folder).path) > note.txt; see README.txt, 4"
        )
    }

    /// Of the entry in this tree; or in a top log of a lane's checkpoint, in whose own folder the entry is proven. No
    /// deeper: a lane proof never leads to another lane proof.
    private func inclusion(in note: SignedNote) -> VerificationCheck {
        do {
            guard file[.inclusionProof(folder)] == nil || file[.laneProof(folder)] == nil else {
                throw EvidenceError(.invalidField, "the folder has two proofs of different things")
            }
            guard let id else { throw EvidenceError(.missingMember, "there is no entry to look for") }
            let path = file.proofPath(of: folder)
            let proof = try TlogProof(parsing: file[path] ?? [])
            guard proof.note.bytes == note.bytes else {
                throw EvidenceError(.invalidField, "the proof is for another checkpoint than checkpoint.signed")
            }
            guard proof.extra == nil else { throw EvidenceError(.invalidField, "the proof holds an extra line") }
            let checkpoint = try Checkpoint(parsing: note.text)
            if case .laneProof = path {
                guard let lane = file.laneFolder(provenBy: proof, in: checkpoint) else {
                    throw EvidenceError(.invalidField, "the proof leads from no checkpoint with an entry in this file")
                }
                return inclusionCheck(
                    .passed,
                    found: "index \(proof.index): the lane's checkpoint of size \(lane.size)"
                )
            }
            let inclusion = InclusionProof(index: proof.index, size: checkpoint.size, hashes: proof.hashes)
            _ = try inclusion.verify(leaf: id, root: checkpoint.root)
            return inclusionCheck(.passed, found: "index \(proof.index)")
        } catch {
            return inclusionCheck(.failed, found: Self.sentence(error))
        }
    }

    private func inclusionCheck(_ status: VerificationCheck.Status, found: String) -> VerificationCheck {
        VerificationCheck(
            "log.inclusion@\(file.label(of: folder))",
            .log,
            "The entry is in the tree of size \(folder.size)",
            status,
            expected: "a path from the entry to the signed root",
            found: found,
            rule: "RFC 9162, 2.1.3.2; C2SP tlog-proof",
            command: "see README.txt, 3"
        )
    }

    static func sentence(_ error: any Error) -> String {
        switch error {
        case let error as EvidenceError: error.message
        case let error as NoteError: error.message
        case let error as MerkleError: error.message
        default: "it does not read"
        }
    }
}
