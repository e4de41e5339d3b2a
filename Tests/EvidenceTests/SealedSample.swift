import Anchoring
import Bytes
import Evidence
import MerkleLog
import OpenSSL

/// An evidence file made from nothing: a log of a few entries, stamped by an authority made for the test.
struct SealedSample {
    static let origin = "log.example.org/evidence-tests"
    static let now = UTCTime(seconds: 1_790_000_000)

    let file: [UInt8] = Array("a photo, as far as this test is concerned".utf8)
    let record: Record
    let recordBytes: [UInt8]
    let trust: TrustBundle
    let evidence: EvidenceFile
    let logKey: SignerKey
    private let leaves: [LeafHash]
    private let credentials: SelfOperatedAuthority.Credentials
    private let authority: SelfOperatedAuthority

    /// - Parameters:
    ///   - index: Where the record stands in a tree of `size` entries.
    init(index: UInt64 = 5, size: UInt64 = 11, stampedAt: UTCTime = now) throws {
        var claim: [Claim.Field: String] = [:]
        claim[.title] = "红茶壶 \"Cinnabar\""
        claim[.author] = "Kim"
        record = Record(
            digests: [
                DocumentDigest(.sha256, SHA256.digest(of: file), .computed),
                DocumentDigest(.sm3, SM3.digest(of: file), .computed),
            ],
            file: .init(sizeBytes: UInt64(file.count), mediaType: "text/plain"),
            claim: try Claim(claim),
            submitter: .init(account: "default", authentication: "api token"),
            channel: .upload,
            software: "cinnabar test",
            receivedAt: Self.now,
            salt: [UInt8](repeating: 7, count: Record.saltByteCount)
        )
        recordBytes = record.encoded()
        let own = Entry(record: recordBytes).leafHash
        leaves = (0..<size).map { $0 == index ? own : LeafHash(entry: Array("other \($0)".utf8)) }
        logKey = try SignerKey.generate(name: Self.origin)
        credentials = try SelfOperatedAuthority.generate(origin: Self.origin, nowSeconds: Self.now.seconds)
        authority = try SelfOperatedAuthority(credentials: credentials, clock: { stampedAt.seconds })
        trust = TrustBundle(logKeys: [logKey.verifierKey], timestampRoots: [authority.root])
        evidence = try EvidenceFile(
            record: recordBytes,
            checkpoints: [try Self.checkpoint(of: leaves, index: index, key: logKey, authority: authority)],
            trust: trust
        )
    }

    /// The same registration in a longer tree, as a later export gives it.
    ///
    /// - Parameter moved: Puts the entry elsewhere, as a log that tells two stories does.
    func exportedAgain(moved: Bool = false) throws -> EvidenceFile {
        let own = Entry(record: recordBytes).leafHash
        let later = (0..<20).map { LeafHash(entry: Array("later \($0)".utf8)) }
        let longer = moved ? later + leaves : leaves + later
        return try EvidenceFile(
            record: recordBytes,
            checkpoints: [
                try Self.checkpoint(
                    of: longer,
                    index: UInt64(longer.firstIndex(of: own) ?? 0),
                    key: logKey,
                    authority: authority
                )
            ],
            trust: trust
        )
    }

    private static func checkpoint(
        of leaves: [LeafHash],
        index: UInt64,
        key: SignerKey,
        authority: SelfOperatedAuthority
    ) throws -> CheckpointEvidence {
        var writer = TileWriter()
        let batch = writer.append(leaves)
        let note = try Checkpoint(origin: origin, size: batch.size, root: batch.root).signed(by: key)
        let request = try TimestampRequest(imprint: TimestampImprint(of: note.bytes), nonce: nil).der()
        return CheckpointEvidence(
            signedCheckpoint: note,
            checkpoint: note,
            index: LeafIndex(index),
            proofHashes: try batch.inclusionProof(of: LeafIndex(index)).hashes,
            timestamps: [("self-operated", authority.response(to: request))]
        )
    }

    /// The checkpoint of the one folder, as bytes.
    var signedCheckpoint: [UInt8] { evidence.checkpointFolders.first.flatMap { evidence[.signedCheckpoint($0)] } ?? [] }

    /// A timestamp by this sample's own authority over anything.
    func response(over bytes: [UInt8], secondsLater: Int64 = 0) throws -> [UInt8] {
        try SelfOperatedAuthority(credentials: credentials, clock: { Self.now.seconds + secondsLater })
            .response(to: try TimestampRequest(imprint: TimestampImprint(of: bytes), nonce: nil).der())
    }

    /// The same evidence with further anchors in its folder.
    func with(_ anchors: [AnchorFile], renewedRecords: [[UInt8]] = []) throws -> EvidenceFile {
        guard let folder = evidence.checkpointFolders.first,
            let proof = try evidence[.inclusionProof(folder)].map({ try TlogProof(parsing: $0) })
        else { return evidence }
        let note = try SignedNote(parsing: signedCheckpoint)
        let checkpoint = CheckpointEvidence(
            signedCheckpoint: note,
            checkpoint: note,
            index: proof.index,
            proofHashes: proof.hashes,
            timestamps: evidence.anchors(of: folder).map { (String($0.name.dropLast(4)), $0.bytes) },
            anchors: anchors,
            renewedRecords: renewedRecords
        )
        return try EvidenceFile(record: recordBytes, checkpoints: [checkpoint], trust: trust)
    }

    var facts: FileFacts { FileFacts(of: file) }
}

extension VerificationReport {
    var failedNames: [String] { checks.filter { $0.status == .failed }.map(\.name) }

    func status(of name: String) -> VerificationCheck.Status? { checks.first { $0.name == name }?.status }
}
