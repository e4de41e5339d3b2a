public import Anchoring
public import Bytes
public import MerkleLog

/// One checkpoint as an evidence file carries it: the signed head, this entry's place in it, and who committed to it.
public struct CheckpointEvidence: Sendable {
    /// Full RFC 3161 responses by the authority's name, each over ``signedCheckpoint``.
    public typealias Timestamp = (authority: String, response: [UInt8])

    /// Which leaf of the checkpoint's tree is proven.
    public enum Leaf: Sendable {
        /// The registration's own entry.
        case entry
        /// The `checkpoint.signed` of a lane, in the top log over several lanes. Its own folder is in the file, too.
        case laneCheckpoint
    }

    public let holds: Leaf
    /// Note text and the log's own signature line.
    public let signedCheckpoint: SignedNote
    /// The same with whatever cosignatures there are.
    public let checkpoint: SignedNote
    public let index: LeafIndex
    public let proofHashes: [Digest256]
    public let timestamps: [Timestamp]
    /// What further outsiders gave over ``signedCheckpoint``, of any kind, and what belongs beside it.
    public let anchors: [AnchorFile]
    /// Evidence records over ``timestamps`` that were renewed, in DER.
    public let renewedRecords: [[UInt8]]

    public init(
        holds leaf: Leaf = .entry,
        signedCheckpoint: SignedNote,
        checkpoint: SignedNote,
        index: LeafIndex,
        proofHashes: [Digest256],
        timestamps: [Timestamp] = [],
        anchors: [AnchorFile] = [],
        renewedRecords: [[UInt8]] = []
    ) {
        holds = leaf
        self.signedCheckpoint = signedCheckpoint
        self.checkpoint = checkpoint
        self.index = index
        self.proofHashes = proofHashes
        self.timestamps = timestamps
        self.anchors = anchors
        self.renewedRecords = renewedRecords
    }
}

extension EvidenceFile {
    /// Seals a record with the checkpoints that outsiders committed to.
    ///
    /// - Parameters:
    ///   - record: The bytes of `record.json`.
    ///   - trust: The keys and roots as seen at stamping; they go to `trust/`.
    ///   - document: The registered file itself and its name's ending, when it was asked for.
    /// - Throws: ``EvidenceError`` with `.invalidField` if a checkpoint or a timestamp does not read, or if the ending
    ///   is not letters and digits; `.tooLarge` for more or larger anchors than an evidence file has.
    public init(
        record: [UInt8],
        checkpoints: [CheckpointEvidence],
        trust: TrustBundle,
        document: (ending: String, bytes: [UInt8])? = nil
    ) throws(EvidenceError) {
        members = [.mimetype: Array(Self.mediaType.utf8), .record: record, .entry: Entry(record: record).bytes]
        for checkpoint in checkpoints { try add(checkpoint) }
        for (name, bytes) in TrustMember.members(of: trust) { members[.trust(name: name)] = bytes }
        if let document {
            guard MemberPath("document.\(document.ending)") != nil else {
                throw EvidenceError(.invalidField, "\"\(document.ending)\" is no ending for a file name")
            }
            members[.document(ending: document.ending)] = document.bytes
        }
        try checkLimits()
        members[.readme] = Readme(of: self).bytes
    }

    private mutating func add(_ evidence: CheckpointEvidence) throws(EvidenceError) {
        guard let checkpoint = try? Checkpoint(parsing: evidence.signedCheckpoint.text) else {
            throw EvidenceError(.invalidField, "a checkpoint does not read")
        }
        let folder = MemberPath.CheckpointFolder(origin: checkpoint.origin, size: checkpoint.size.value)
        let proof = TlogProof(index: evidence.index, hashes: evidence.proofHashes, note: evidence.signedCheckpoint)
        members[.signedCheckpoint(folder)] = evidence.signedCheckpoint.bytes
        members[.checkpoint(folder)] = evidence.checkpoint.bytes
        switch evidence.holds {
        case .entry: members[.inclusionProof(folder)] = proof.bytes
        case .laneCheckpoint: members[.laneProof(folder)] = proof.bytes
        }
        var anchors = AnchorSet()
        for (authority, response) in evidence.timestamps {
            anchors.add(AnchorFile(name: authority + AnchorName.timestampEnding, bytes: response))
        }
        for anchor in evidence.anchors { anchors.add(anchor) }
        for (name, bytes) in try anchors.members() {
            guard MemberPath.isPlainName(name) else {
                throw EvidenceError(.invalidField, "\"\(name)\" is no name for an anchor")
            }
            members[.anchor(folder, name: name)] = bytes
            guard name.hasSuffix(AnchorName.timestampEnding) else { continue }
            try add(timestamp: bytes, called: name, of: evidence, in: folder)
        }
    }

    /// The evidence record over a timestamp's checkpoint, and its manifest.
    private mutating func add(
        timestamp response: [UInt8],
        called name: String,
        of evidence: CheckpointEvidence,
        in folder: MemberPath.CheckpointFolder
    ) throws(EvidenceError) {
        guard let timestamp = try? UnverifiedTimestamp(response: response),
            let manifest = try? EvidenceRecordManifest(
                response: response,
                timestamp: timestamp,
                over: evidence.signedCheckpoint.bytes,
                in: folder
            ), let record = try? UnverifiedEvidenceRecord(manifest.record)
        else { throw EvidenceError(.invalidField, "the timestamp \(name) does not read") }
        members[.evidenceRecordManifest(id: manifest.id)] = manifest.manifest
        let renewed = evidence.renewedRecords.compactMap { try? UnverifiedEvidenceRecord($0) }
            .filter { record.isBeginning(of: $0) }
        members[.evidenceRecord(id: manifest.id)] =
            renewed.max { $0.timestampCount < $1.timestampCount }?.der ?? manifest.record
    }
}
