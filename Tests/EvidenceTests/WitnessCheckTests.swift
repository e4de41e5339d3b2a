import Anchoring
import Evidence
import MerkleLog
import Testing

/// Cosignatures of an evidence file against a policy that the checker chose.
@Suite struct WitnessCheckTests {
    private static let name = "log.cosignatures@11"

    private let sample: SealedSample
    private let folder: MemberPath.CheckpointFolder
    private let witnesses: [SignerKey]

    init() throws {
        sample = try SealedSample()
        folder = try #require(sample.evidence.checkpointFolders.first)
        witnesses = try (1...3).map { try SignerKey.generate(name: "witness.example/w\($0)", algorithm: .cosignature) }
    }

    private func trust(_ quorum: String = "2", logs: [VerifierKey] = []) throws -> TrustBundle {
        let text =
            logs.map { "log \($0.text)\n" }.joined()
            + witnesses.enumerated().map { "witness w\($0 + 1) \($1.verifierKey.text)\n" }.joined()
            + "group g \(quorum) w1 w2 w3\nquorum g\n"
        var trust = sample.trust
        trust.witnessPolicy = try TlogPolicy(parsing: Array(text.utf8))
        return trust
    }

    /// The sample with these witnesses' lines under its checkpoint.
    private func evidence(cosignedBy keys: [SignerKey], changingLines: (String) -> String = { $0 }) throws
        -> EvidenceFile
    {
        let signed = try SignedNote(parsing: sample.signedCheckpoint)
        var note = signed
        for key in keys {
            let line = try key.cosignature(for: signed.text, timestampSeconds: 1_790_000_000)
            try note.append(NoteSignature(parsing: changingLines(line.line)))
        }
        let proof = try TlogProof(parsing: #require(sample.evidence[.inclusionProof(folder)]))
        return try EvidenceFile(
            record: sample.recordBytes,
            checkpoints: [
                CheckpointEvidence(
                    signedCheckpoint: signed,
                    checkpoint: note,
                    index: proof.index,
                    proofHashes: proof.hashes,
                    timestamps: [("self-operated", try #require(sample.evidence.anchors(of: folder).first?.bytes))]
                )
            ],
            trust: sample.trust
        )
    }

    private func check(_ file: EvidenceFile, _ trust: TrustBundle?) -> (VerificationCheck?, VerificationReport) {
        let report = EvidenceVerifier(trust: trust).report(on: file.encoded(), file: sample.facts)
        return (report.checks.first { $0.name == Self.name }, report)
    }

    @Test func enoughWitnessesPass() throws {
        let (check, report) = check(try evidence(cosignedBy: Array(witnesses.prefix(2))), try trust())
        #expect(check?.status == .passed)
        #expect(check?.found == "cosigned by w1, w2: the policy is met")
        #expect(report.isConsistent, "\(report.failedNames)")
        #expect(!report.remains.contains { $0.contains("different tree") })
        #expect(self.check(try evidence(cosignedBy: witnesses), try trust("all")).0?.status == .passed)
    }

    @Test func tooFewAreUnwitnessed() throws {
        for count in 0...1 {
            let (check, report) = check(try evidence(cosignedBy: Array(witnesses.prefix(count))), try trust())
            #expect(check?.status == .notPresent)
            #expect(check?.found?.contains("unwitnessed") == true)
            #expect(report.isConsistent, "\(report.failedNames)")
            #expect(report.remains.contains { $0.contains("different tree") })
        }
    }

    @Test func withoutAPolicyNothingIsSaid() throws {
        let file = try evidence(cosignedBy: witnesses)
        for trust in [sample.trust, nil] {
            let (check, report) = check(file, trust)
            #expect(check?.status == .notRun)
            #expect(report.remains.contains { $0.contains("different tree") })
        }
    }

    @Test func strangersCountForNothing() throws {
        let stranger = try SignerKey.generate(name: "witness.example/w1", algorithm: .cosignature)
        #expect(check(try evidence(cosignedBy: [stranger]), try trust("any")).0?.status == .notRun)
        #expect(check(try evidence(cosignedBy: [stranger, witnesses[0]]), try trust()).0?.status == .notPresent)
    }

    @Test func aLineThatDoesNotHoldFails() throws {
        for position in [20, 60, 90] {
            let file = try evidence(cosignedBy: witnesses) { line in
                var characters = Array(line)
                let place = characters.count - 100 + position
                characters[place] = characters[place] == "A" ? "B" : "A"
                return String(characters)
            }
            let (check, report) = check(file, try trust("any"))
            #expect(check?.status == .failed)
            #expect(!report.isConsistent)
        }
    }

    @Test func thePolicysLogsCount() throws {
        let file = try evidence(cosignedBy: witnesses)
        #expect(check(file, try trust(logs: [sample.logKey.verifierKey])).0?.status == .passed)
        let other = try SignerKey.generate(name: SealedSample.origin).verifierKey
        #expect(check(file, try trust(logs: [other])).0?.status == .notRun)
    }

    /// Cosignatures come late: another export of the same checkpoint has more lines.
    @Test func mergingJoinsLines() throws {
        let (first, second) = (
            try evidence(cosignedBy: [witnesses[0]]), try evidence(cosignedBy: [witnesses[1], witnesses[0]])
        )
        let merged = try first.merged(with: second)
        #expect(check(first, try trust()).0?.status == .notPresent)
        let (check, report) = check(merged, try trust())
        #expect(check?.status == .passed)
        #expect(report.isConsistent, "\(report.failedNames)")
        #expect(try merged.merged(with: second) == merged)
        #expect(try SignedNote(parsing: #require(merged[.checkpoint(folder)])).signatures.count == 3)
    }

    @Test func theTrustBundleCarriesThePolicy() throws {
        let trust = try trust()
        #expect(try TrustBundle(parsing: trust.json.encoded()).witnessPolicy == trust.witnessPolicy)
        #expect(try TrustBundle(parsing: sample.trust.json.encoded()).witnessPolicy == nil)
        for policy in ["7", "null", #""""#, #""quorum w1\n""#, #"{"quorum": "none"}"#] {
            let text = #"{"cinnabar": "trust-1", "logKeys": [], "timestampRoots": [], "witnessPolicy": \#(policy)}"#
            let error = #expect(throws: EvidenceError.self) { try TrustBundle(parsing: Array(text.utf8)) }
            #expect(error?.code == .invalidField)
        }
    }
}
