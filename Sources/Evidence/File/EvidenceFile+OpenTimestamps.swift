public import Anchoring
import Bytes
import MerkleLog
import OpenSSL

extension EvidenceFile {
    /// The OpenTimestamps proof of the registered file itself, for stock clients that know nothing of evidence files:
    /// from the file's digest by way of the record, the entry and the inclusion proof to what a calendar committed to.
    ///
    /// A complete proof comes before one that is still promised. Merged from all calendars of its checkpoint.
    ///
    /// - Throws: ``EvidenceError`` with `.missingMember` if no calendar has committed to a checkpoint over the entry;
    ///   `.tooLarge` for a record that OpenTimestamps cannot carry; `.invalidField` for proofs that lead elsewhere.
    public func openTimestampsProof() throws(EvidenceError) -> OTSProof {
        guard let record = members[.record], let entry = members[.entry],
            let digest = try Record(parsing: record).digests.first(where: { $0.algorithm == .sha256 })?.value
        else { throw EvidenceError(.missingMember, "the evidence file has no record with its entry") }
        var promised: OTSProof?
        for folder in checkpointFolders {
            guard let checkpoint = outgoingCheckpoint(of: folder), let commitment = commitment(of: folder, checkpoint),
                let path = members[.inclusionProof(folder)].flatMap({ try? TlogProof(parsing: $0) })
            else { continue }
            let proof: OTSProof
            do throws(OTSError) {
                proof = try OTSProof(
                    file: digest,
                    record: record,
                    entry: entry,
                    inclusion: InclusionProof(
                        index: path.index,
                        size: TreeSize(checkpoint.size),
                        hashes: path.hashes
                    ),
                    checkpoint: checkpoint,
                    proof: try OTSProof(checkpoint: checkpoint, commitment: commitment)
                )
            } catch {
                throw EvidenceError(
                    error.code == .recordUnsuitable || error.code == .tooDeep ? .tooLarge : .invalidField,
                    error.message
                )
            }
            if proof.timestamp.isComplete { return proof }
            promised = promised ?? proof
        }
        guard let promised else {
            throw EvidenceError(
                .missingMember,
                "no calendar has committed to a checkpoint over this entry yet, or it lies in a lane under a top log, "
                    + "whose checkpoint OpenTimestamps cannot follow"
            )
        }
        return promised
    }

    private func commitment(
        of folder: MemberPath.CheckpointFolder,
        _ checkpoint: OutgoingCheckpoint
    ) -> OTSTimestamp? {
        var merged: OTSTimestamp?
        for (name, bytes) in anchors(of: folder) where name.hasSuffix(OpenTimestampsAnchor.ending) {
            guard let commitment = (try? OTSProof(bytes: bytes))?.commitment(of: checkpoint) else { continue }
            var both = merged ?? commitment
            if (try? both.merge(commitment)) != nil { merged = both }
        }
        return merged
    }
}
