import Evidence

/// The members of an evidence file, to be changed and put together again.
public struct UnpackedEvidence: Sendable {
    public var members: [String: [UInt8]]

    public init(_ bytes: [UInt8]) throws {
        let file = try EvidenceFile.reading(bytes).file
        members = Dictionary(uniqueKeysWithValues: file.members.map { ($0.key.path, $0.value) })
    }

    /// The same members as a ZIP whose check sums are right again.
    public var repacked: [UInt8] {
        get throws { try EvidenceFile.collecting(members.map { ($0.key, $0.value) }).file.encoded() }
    }

    /// The paths of members with this ending.
    public func paths(endingIn ending: String) -> [String] { members.keys.filter { $0.hasSuffix(ending) }.sorted() }

    /// Writes the members into a folder, as `unzip` does.
    public func write(to folder: Scratch) throws {
        for (path, bytes) in members { try folder.write(bytes, to: path) }
    }
}
