public import Anchoring
import Bytes
import MerkleLog

/// An evidence file (`<id>.asice`): a ZIP in the ASiC-E layout whose members each have their own stock verifier.
///
/// This is the set of members as bytes; ``EvidenceVerifier`` judges them.
public struct EvidenceFile: Sendable, Equatable {
    public static let mediaType = "application/vnd.etsi.asic-e+zip"

    public internal(set) var members: [MemberPath: [UInt8]]

    init(members: [MemberPath: [UInt8]]) { self.members = members }

    public subscript(path: MemberPath) -> [UInt8]? { members[path] }

    /// The folders of the checkpoints that outsiders committed to, oldest first.
    public var checkpointFolders: [MemberPath.CheckpointFolder] {
        members.keys.compactMap { path in
            if case .signedCheckpoint(let folder) = path { folder } else { nil }
        }.sorted()
    }

    /// The anchors of one checkpoint by name, sorted.
    public func anchors(of folder: MemberPath.CheckpointFolder) -> [(name: String, bytes: [UInt8])] {
        members.compactMap { path, bytes in
            if case .anchor(folder, let name) = path { (name, bytes) } else { nil }
        }.sorted { $0.name < $1.name }
    }

    /// The checkpoint of a folder as it went to the outsiders; `nil` when it does not read.
    public func outgoingCheckpoint(of folder: MemberPath.CheckpointFolder) -> OutgoingCheckpoint? {
        guard let signed = members[.signedCheckpoint(folder)], let note = try? SignedNote(parsing: signed),
            let checkpoint = try? Checkpoint(parsing: note.text)
        else { return nil }
        return OutgoingCheckpoint(
            origin: checkpoint.origin,
            size: checkpoint.size.value,
            root: checkpoint.root,
            signed: signed
        )
    }

    /// The proof that a checkpoint's folder has: of the entry itself, or of the lane's checkpoint that holds the entry.
    func proofPath(of folder: MemberPath.CheckpointFolder) -> MemberPath {
        members[.laneProof(folder)] != nil && members[.inclusionProof(folder)] == nil
            ? .laneProof(folder) : .inclusionProof(folder)
    }

    /// The folder whose `checkpoint.signed` a lane proof is about; `nil` when it is about none here.
    func laneFolder(provenBy proof: TlogProof, in checkpoint: Checkpoint) -> MemberPath.CheckpointFolder? {
        let path = InclusionProof(index: proof.index, size: checkpoint.size, hashes: proof.hashes)
        return checkpointFolders.first { folder in
            guard members[.inclusionProof(folder)] != nil, let signed = members[.signedCheckpoint(folder)] else {
                return false
            }
            return (try? path.verify(leaf: LeafHash(entry: signed), root: checkpoint.root)) != nil
        }
    }

    /// Tells a checkpoint's folder from the others in names of checks: the size, and where there are several logs the
    /// beginning of the origin's digest before it.
    func label(of folder: MemberPath.CheckpointFolder) -> String {
        let isOneLog = Set(checkpointFolders.map(\.originDigest)).count <= 1
        return isOneLog ? "\(folder.size)" : "\(folder.originDigest.hex.prefix(8))-\(folder.size)"
    }

    /// Keys and certificates as seen at stamping, by name, sorted.
    public var trustMembers: [(name: String, bytes: [UInt8])] {
        members.compactMap { path, bytes in
            if case .trust(let name) = path { (name, bytes) } else { nil }
        }.sorted { $0.name < $1.name }
    }

    /// The registered file, where it was asked for. More than one is a finding.
    public var documents: [(path: MemberPath, bytes: [UInt8])] {
        members.compactMap { path, bytes in
            if case .document = path { (path, bytes) } else { nil }
        }.sorted { $0.path.path < $1.path.path }
    }

    /// The ZIP's bytes: the same members always give the same bytes.
    public func encoded() -> [UInt8] {
        Container.encoded(sortedPaths.map { Container.Member(path: $0.path, bytes: members[$0] ?? []) })
    }

    var sortedPaths: [MemberPath] {
        members.keys.sorted { ($0.rank, $0.path) < ($1.rank, $1.path) }
    }
}

extension EvidenceFile {
    /// What reading found wrong without having to stop: the verifier reports it, one finding a line.
    public struct Finding: Sendable, Equatable {
        public let code: EvidenceError.Code
        public let message: String
    }

    /// Reads a ZIP.
    ///
    /// - Returns: The members it knows, and findings for damaged, unknown and repeated ones.
    /// - Throws: ``EvidenceError`` with `.tooLarge` or `.malformedContainer`.
    public static func reading(_ bytes: [UInt8]) throws(EvidenceError) -> (file: EvidenceFile, findings: [Finding]) {
        let (members, damaged) = try Container.decoded(bytes)
        var (file, findings) = try collecting(members.map { ($0.path, $0.bytes) })
        findings += damaged.map {
            Finding(code: .damagedMember, message: "\($0) does not match its check sum: it was changed or damaged")
        }
        if findings.isEmpty, file.sortedPaths.map(\.path) != members.map(\.path) {
            throw EvidenceError(.malformedContainer, "the ZIP's members do not stand in their order")
        }
        return (file, findings)
    }

    /// Takes members from elsewhere, such as the files of an unpacked folder.
    ///
    /// - Throws: ``EvidenceError`` with `.tooLarge` for more checkpoints or keys than any log needs.
    public static func collecting(
        _ members: [(path: String, bytes: [UInt8])]
    ) throws(EvidenceError) -> (file: EvidenceFile, findings: [Finding]) {
        var file = EvidenceFile(members: [:])
        var findings: [Finding] = []
        for (path, bytes) in members {
            guard let known = MemberPath(path) else {
                findings.append(Finding(code: .unexpectedMember, message: "\(path.prefix(200)) does not belong here"))
                continue
            }
            guard file.members.updateValue(bytes, forKey: known) == nil else {
                findings.append(Finding(code: .duplicateMember, message: "\(path) stands twice"))
                continue
            }
        }
        if file.documents.count > 1 {
            findings.append(Finding(code: .unexpectedMember, message: "there is more than one document"))
        }
        try file.checkLimits()
        return (file, findings)
    }

    /// - Throws: ``EvidenceError`` with `.tooLarge`.
    func checkLimits() throws(EvidenceError) {
        guard checkpointFolders.count <= Self.checkpointLimit, trustMembers.count <= Self.trustLimit else {
            throw EvidenceError(
                .tooLarge,
                "an evidence file has at most \(Self.checkpointLimit) checkpoints and \(Self.trustLimit) keys and "
                    + "certificates"
            )
        }
        var counts: [MemberPath.CheckpointFolder: Int] = [:]
        for case (.anchor(let folder, _), let bytes) in members {
            counts[folder, default: 0] += 1
            guard counts[folder, default: 0] <= Self.anchorLimit, bytes.count <= Self.anchorLimitBytes else {
                throw EvidenceError(
                    .tooLarge,
                    "a checkpoint has at most \(Self.anchorLimit) anchors of at most \(Self.anchorLimitBytes) bytes"
                )
            }
        }
    }

    /// One a month for forty years. The work of checking grows with it.
    private static let checkpointLimit = 512
    /// A dozen outsiders, what belongs beside their proofs, and a few of one name. The work of checking grows with it.
    public static let anchorLimit = 64
    /// A receipt with both its proofs takes some dozens of kilobytes, an endorsed envelope less than a megabyte.
    public static let anchorLimitBytes = 4 << 20
    /// Two forms of a log key for each of a dozen rotations, and some dozen roots. The work grows with it too.
    private static let trustLimit = 128
}
