import Anchoring
import MerkleLog

extension EvidenceFile {
    /// Both files' members: checkpoints, cosignatures and anchors are added, and no proof is lost.
    ///
    /// It does not matter which file is which, nor how often they are merged. Of two anchors of one kind and name that
    /// differ, the kind makes one that proves what both prove; if it cannot, both stay, the later called
    /// `<name>.<8 hex of its SHA-256>.<ending>`. Of two evidence records the longer one takes the place of the one it
    /// goes on from if it holds by roots that both files had, see ``EvidenceRecordSet``.
    ///
    /// - Throws: ``EvidenceError`` with `.differentRegistration` when another member stands in both with different
    ///   bytes, `.tooLarge` when there are more anchors than one file has.
    public func merged(with other: EvidenceFile) throws(EvidenceError) -> EvidenceFile {
        var merged = members
        for (path, bytes) in other.members {
            guard let own = merged[path], own != bytes else {
                merged[path] = bytes
                continue
            }
            switch path {
            case .readme, .anchor: break
            case .evidenceRecord where Self.isRecord(own) && Self.isRecord(bytes): break
            default: merged[path] = try Self.joined(own, bytes, at: path)
            }
        }
        for (folder, set) in Self.anchors(of: [self, other]) {
            for path in merged.keys {
                if case .anchor(folder, _) = path { merged[path] = nil }
            }
            for (name, bytes) in try set.members() { merged[.anchor(folder, name: name)] = bytes }
        }
        var file = EvidenceFile(members: merged)
        file.joinRecords(of: [self, other])
        try file.checkLimits()
        file.members[.readme] = Readme(of: file).bytes
        return file
    }

    private static func anchors(of files: [EvidenceFile]) -> [MemberPath.CheckpointFolder: AnchorSet] {
        var sets: [MemberPath.CheckpointFolder: AnchorSet] = [:]
        for case (.anchor(let folder, let name), let bytes) in files.flatMap(\.members) {
            sets[folder, default: AnchorSet()].add(AnchorFile(name: name, bytes: bytes))
        }
        return sets
    }

    private static func isRecord(_ bytes: [UInt8]) -> Bool { (try? UnverifiedEvidenceRecord(bytes)) != nil }

    private static func joined(_ first: [UInt8], _ second: [UInt8], at path: MemberPath) throws(EvidenceError)
        -> [UInt8]
    {
        if case .checkpoint = path, let both = joinedCosignatures(first, second) { return both }
        throw EvidenceError(
            .differentRegistration,
            "\(path.path) differs between the two files; neither was changed"
        )
    }

    /// One checkpoint with the cosignature lines of both, in their order; `nil` when they are not the same checkpoint.
    private static func joinedCosignatures(_ first: [UInt8], _ second: [UInt8]) -> [UInt8]? {
        guard let note = try? SignedNote(parsing: first), let other = try? SignedNote(parsing: second),
            let own = note.signatures.first, own == other.signatures.first,
            note.text.utf8.elementsEqual(other.text.utf8)
        else { return nil }
        var lines: [NoteSignature] = []
        for line in note.signatures + other.signatures where line != own && !lines.contains(line) { lines.append(line) }
        guard var joined = try? SignedNote(text: note.text, signatures: [own]) else { return nil }
        for line in lines.sorted(by: { $0.line.utf8.lexicographicallyPrecedes($1.line.utf8) }) {
            guard (try? joined.append(line)) != nil else { return nil }
        }
        return joined.bytes
    }
}
