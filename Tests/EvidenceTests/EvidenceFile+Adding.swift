import Evidence
import MerkleLog
import OpenSSL

extension EvidenceFile {
    /// The same evidence with a further token in its first folder, as a later export or a forger makes it.
    func adding(
        timestamp response: [UInt8],
        named name: String,
        trusting roots: [SigningCertificate]
    ) throws -> EvidenceFile {
        guard let folder = checkpointFolders.first, let record = self[.record],
            let signed = self[.signedCheckpoint(folder)],
            let proof = self[.inclusionProof(folder)].flatMap({ try? TlogProof(parsing: $0) })
        else { return self }
        let note = try SignedNote(parsing: signed)
        let checkpoint = CheckpointEvidence(
            signedCheckpoint: note,
            checkpoint: note,
            index: proof.index,
            proofHashes: proof.hashes,
            timestamps: [(name, response)]
        )
        let trust = TrustBundle(timestampRoots: roots)
        return try merged(with: EvidenceFile(record: record, checkpoints: [checkpoint], trust: trust))
    }
}
