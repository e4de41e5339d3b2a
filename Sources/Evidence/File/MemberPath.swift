public import Bytes
import OpenSSL

/// The names of an evidence file's members. A path that reads as none of these has no business in one.
public enum MemberPath: Hashable, Sendable {
    case mimetype
    case readme
    case record
    case entry
    /// The registered file itself, when it was asked for: `document` and an ending by media type.
    case document(ending: String)
    /// `checkpoint.signed`: note text and the log's own line, what every outsider but a witness commits to.
    case signedCheckpoint(CheckpointFolder)
    /// `checkpoint`: the same with its cosignatures.
    case checkpoint(CheckpointFolder)
    /// `entry.tlog-proof`: the entry is in this checkpoint's tree.
    case inclusionProof(CheckpointFolder)
    /// `lane.tlog-proof`: another folder's `checkpoint.signed`, byte for byte, is in this checkpoint's tree.
    case laneProof(CheckpointFolder)
    case anchor(CheckpointFolder, name: String)
    /// A key or certificate as seen at stamping.
    case trust(name: String)
    case evidenceRecordManifest(id: String)
    case evidenceRecord(id: String)

    /// One checkpoint's folder: all that is needed to check one root against outsiders.
    public struct CheckpointFolder: Hashable, Comparable, Sendable {
        /// SHA-256 of the log's origin: origins may hold characters that no file name should.
        public let originDigest: Digest256
        public let size: UInt64

        public init(origin: String, size: UInt64) {
            originDigest = SHA256.digest(of: Array(origin.utf8))
            self.size = size
        }

        init(originDigest: Digest256, size: UInt64) {
            self.originDigest = originDigest
            self.size = size
        }

        public var path: String { "checkpoints/\(originDigest.hex)/\(size)" }

        public static func < (left: Self, right: Self) -> Bool {
            (left.size, left.originDigest) < (right.size, right.originDigest)
        }
    }
}

extension MemberPath {
    public var path: String {
        switch self {
        case .mimetype: "mimetype"
        case .readme: "README.txt"
        case .record: "record.json"
        case .entry: "entry.json"
        case .document(let ending): "document.\(ending)"
        case .signedCheckpoint(let folder): "\(folder.path)/checkpoint.signed"
        case .checkpoint(let folder): "\(folder.path)/checkpoint"
        case .inclusionProof(let folder): "\(folder.path)/entry.tlog-proof"
        case .laneProof(let folder): "\(folder.path)/lane.tlog-proof"
        case .anchor(let folder, let name): "\(folder.path)/anchors/\(name)"
        case .trust(let name): "trust/\(name)"
        case .evidenceRecordManifest(let id): "META-INF/ASiCEvidenceRecordManifest-\(id).xml"
        case .evidenceRecord(let id): "META-INF/evidencerecord-\(id).ers"
        }
    }

    /// - Returns: `nil` for any path that no evidence file has.
    public init?(_ path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.count) {
        case ("checkpoints", 4...5): self.init(checkpointParts: parts)
        case ("trust", 2): self = .trust(name: parts[1])
        case ("META-INF", 2): self.init(metadataName: parts[1])
        case (_, 1): self.init(topLevelName: parts[0])
        default: return nil
        }
        guard self.path == path, parts.allSatisfy(Self.isPlainName) else { return nil }
    }

    private init?(topLevelName name: String) {
        switch name {
        case "mimetype": self = .mimetype
        case "README.txt": self = .readme
        case "record.json": self = .record
        case "entry.json": self = .entry
        case _ where name.hasPrefix("document."): self = .document(ending: String(name.dropFirst("document.".count)))
        default: return nil
        }
    }

    private init?(checkpointParts parts: [String]) {
        guard let originDigest = Digest256(hex: parts[1]), let size = UInt64(parts[2]) else { return nil }
        let folder = CheckpointFolder(originDigest: originDigest, size: size)
        switch (parts.count, parts[3]) {
        case (4, "checkpoint.signed"): self = .signedCheckpoint(folder)
        case (4, "checkpoint"): self = .checkpoint(folder)
        case (4, "entry.tlog-proof"): self = .inclusionProof(folder)
        case (4, "lane.tlog-proof"): self = .laneProof(folder)
        case (5, "anchors"): self = .anchor(folder, name: parts[4])
        default: return nil
        }
    }

    private init?(metadataName name: String) {
        if let id = Self.id(in: name, prefix: "ASiCEvidenceRecordManifest-", suffix: ".xml") {
            self = .evidenceRecordManifest(id: id)
        } else if let id = Self.id(in: name, prefix: "evidencerecord-", suffix: ".ers") {
            self = .evidenceRecord(id: id)
        } else {
            return nil
        }
    }

    private static func id(in name: String, prefix: String, suffix: String) -> String? {
        guard name.hasPrefix(prefix), name.hasSuffix(suffix), name.count > prefix.count + suffix.count else {
            return nil
        }
        return String(name.dropFirst(prefix.count).dropLast(suffix.count))
    }

    /// Letters, digits, dot, hyphen and underline, not starting with a dot: safe as a file name anywhere.
    static func isPlainName(_ name: String) -> Bool {
        name.utf8.allSatisfy { byte in
            let character = Character(Unicode.Scalar(byte))
            return byte < 0x80 && (character.isLetter || character.isNumber || ".-_".contains(character))
        } && !name.isEmpty && !name.hasPrefix(".")
    }

    /// Members stand in this order, and by path within one rank.
    var rank: Int {
        switch self {
        case .mimetype: 0
        case .readme: 1
        case .record: 2
        case .entry: 3
        case .document: 4
        case .signedCheckpoint, .checkpoint, .inclusionProof, .laneProof, .anchor: 5
        case .trust: 6
        case .evidenceRecordManifest, .evidenceRecord: 7
        }
    }
}
