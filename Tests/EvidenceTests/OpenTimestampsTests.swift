import Anchoring
import Bytes
import Evidence
import MerkleLog
import OpenSSL
import Testing

/// The proof of the file itself, made from an evidence file.
struct OpenTimestampsTests {
    private let sample: SealedSample
    private let checkpoint: OutgoingCheckpoint

    init() throws {
        sample = try SealedSample()
        let signed = sample.signedCheckpoint
        let head = try Checkpoint(parsing: SignedNote(parsing: signed).text)
        checkpoint = OutgoingCheckpoint(
            origin: head.origin,
            size: head.size.value,
            root: head.root,
            signed: signed
        )
    }

    private func anchor(_ name: String, _ attestation: OTSAttestation) throws -> AnchorFile {
        var end = try OTSTimestamp(message: OpenTimestamps.commitment(to: checkpoint).bytes)
        end.add(attestation)
        return AnchorFile(name: name, bytes: try OTSProof(checkpoint: checkpoint, commitment: end).bytes())
    }

    @Test func leadsFromTheFileToWhatTheCalendarsSaid() throws {
        let evidence = try sample.with([
            anchor("one.ots", .pending("https://one.example")), anchor("two.ots", .bitcoin(height: 5)),
        ])
        let proof = try evidence.openTimestampsProof()
        #expect(proof.timestamp.message == SHA256.digest(of: sample.file).bytes)
        #expect(proof.bitcoinClaims.map(\.merkleRoot) == [OpenTimestamps.commitment(to: checkpoint).bytes])
        #expect(proof.timestamp.allAttestations.count == 2)
        #expect(try OTSProof(bytes: proof.bytes()) == proof)
    }

    @Test func saysWhyThereIsNone() throws {
        #expect(throws: EvidenceError(.missingMember, "")) { try sample.evidence.openTimestampsProof() }
        let other = AnchorFile(name: "other.ots", bytes: [1, 2, 3])
        #expect(throws: EvidenceError(.missingMember, "")) { try sample.with([other]).openTimestampsProof() }
    }
}
