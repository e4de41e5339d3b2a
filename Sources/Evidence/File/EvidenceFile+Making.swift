import Anchoring
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

    public init(
        holds leaf: Leaf = .entry,
        signedCheckpoint: SignedNote,
        checkpoint: SignedNote,
        index: LeafIndex,
        proofHashes: [Digest256],
        timestamps: [Timestamp]
    ) {
        holds = leaf
        self.signedCheckpoint = signedCheckpoint
        self.checkpoint = checkpoint
        self.index = index
        self.proofHashes = proofHashes
        self.timestamps = timestamps
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
    ///   is not letters and digits.
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
        for (authority, response) in evidence.timestamps {
            guard MemberPath.isPlainName(authority), let timestamp = try? UnverifiedTimestamp(response: response),
                let manifest = try? EvidenceRecordManifest(
                    response: response,
                    timestamp: timestamp,
                    over: evidence.signedCheckpoint.bytes,
                    in: folder
                )
            else { throw EvidenceError(.invalidField, "the timestamp of \(authority) does not read") }
            members[.anchor(folder, name: "\(authority).tsr")] = response
            members[.evidenceRecordManifest(id: manifest.id)] = manifest.manifest
            members[.evidenceRecord(id: manifest.id)] = manifest.record
        }
    }

    /// Both files' members: checkpoints, cosignatures and anchors are added, none is replaced.
    ///
    /// - Throws: ``EvidenceError`` with `.differentRegistration` when a member stands in both with different bytes.
    public func merged(with other: EvidenceFile) throws(EvidenceError) -> EvidenceFile {
        var merged = members
        merged[.readme] = nil
        for (path, bytes) in other.members where path != .readme {
            if case .checkpoint = path, let both = merged[path].flatMap({ Self.joined($0, bytes) }) {
                merged[path] = both
                continue
            }
            guard merged.updateValue(bytes, forKey: path) ?? bytes == bytes else {
                throw EvidenceError(
                    .differentRegistration,
                    "\(path.path) differs between the two files; neither was changed"
                )
            }
        }
        var file = EvidenceFile(members: merged)
        file.members[.readme] = Readme(of: file).bytes
        return file
    }

    /// One checkpoint with the cosignature lines of both; `nil` when they are not the same checkpoint.
    private static func joined(_ first: [UInt8], _ second: [UInt8]) -> [UInt8]? {
        guard var note = try? SignedNote(parsing: first), let other = try? SignedNote(parsing: second),
            note.text.utf8.elementsEqual(other.text.utf8), note.signatures.first == other.signatures.first
        else { return nil }
        for line in other.signatures where !note.signatures.contains(line) {
            guard (try? note.append(line)) != nil else { return nil }
        }
        return note.bytes
    }
}
