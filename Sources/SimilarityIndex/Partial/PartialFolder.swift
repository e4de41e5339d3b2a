import Bytes
import FeatureWords

/// The files of an index: segments, each under a number, and a manifest that says which of them count, how far they
/// reach, and what was erased from them.
///
/// A segment is whole on the disk before the manifest names it, and the manifest is put in place at once: after a crash
/// the folder is as it was before or after, with files that nobody names, which opening takes away.
struct PartialFolder: Sendable {
    private static let manifestName = "manifest"
    private static let segmentPrefix = "segment-"

    private let files: FileFolder

    /// - Throws: ``PostingError`` `.io`.
    init(_ path: String) throws(PostingError) { files = try FileFolder(path) }

    /// - Throws: ``PostingError`` `.damaged` when a file is not what was written, `.io` or `.outOfMemory`.
    func contents() throws(PostingError) -> PartialState {
        var state = PartialState()
        guard let manifest = try PartialManifest.read(manifestPath) else {
            guard try numbers().isEmpty else { throw PostingError(.damaged, "\(manifestPath) is missing.") }
            return state
        }
        for number in manifest.segments {
            let (table, attachment) = try PostingTable.read(segmentPath(number))
            guard let keys = Self.keys(attachment), table.pictureLimit <= keys.count else {
                throw PostingError(.damaged, "\(segmentPath(number)) is not what was written.")
            }
            state.segments.append(PartialSegment(table: table, keys: keys, number: number))
        }
        state.removed = manifest.removed
        state.reaches = manifest.reaches
        try dropFiles(but: Set(manifest.segments))
        return state
    }

    /// - Returns: The segment with its file.
    func write(_ segment: PartialSegment) throws(PostingError) -> PartialSegment {
        let number = (try numbers().max() ?? 0) + 1
        var attachment: [UInt8] = []
        attachment.reserveCapacity(segment.keys.count * 10)
        for key in segment.keys {
            attachment.append(bigEndian: key.lane)
            attachment.append(bigEndian: key.index)
        }
        try segment.table.write(attachment: attachment, to: segmentPath(number))
        return PartialSegment(table: segment.table, keys: segment.keys, number: number)
    }

    /// Makes the state what the folder holds, and drops files that are no part of it.
    func keep(_ state: PartialState) throws(PostingError) {
        let numbers = state.segments.compactMap(\.number)
        let manifest = PartialManifest(segments: numbers, reaches: state.reaches, removed: state.removed)
        // A crash before this line leaves the folder as it was; after it, as it is now.
        try manifest.write(to: manifestPath)
        try dropFiles(but: Set(numbers))
    }

    /// - Throws: ``PostingError`` `.io`.
    func clear() throws(PostingError) {
        files.remove(Self.manifestName)
        try dropFiles(but: [])
    }

    private var manifestPath: String { files.path + "/" + Self.manifestName }
    private func segmentPath(_ number: UInt64) -> String { files.path + "/" + Self.segmentPrefix + String(number) }

    private static func keys(_ bytes: [UInt8]) -> [EntryKey]? {
        var reader = ByteReader(bytes)
        var keys: [EntryKey] = []
        keys.reserveCapacity(bytes.count / 10)
        while !reader.isAtEnd {
            guard let lane = reader.read(bigEndian: UInt16.self), let index = reader.read(bigEndian: UInt64.self) else {
                return nil
            }
            keys.append(EntryKey(lane: lane, index: index))
        }
        return keys
    }

    private func dropFiles(but kept: Set<UInt64>) throws(PostingError) {
        for name in try files.names() {
            guard let number = Self.number(ofFile: name) else { continue }
            if !kept.contains(number) || name != Self.segmentPrefix + String(number) { files.remove(name) }
        }
    }

    /// The numbers of all segments' files, whole or not.
    private func numbers() throws(PostingError) -> [UInt64] { try files.names().compactMap(Self.number) }

    private static func number(ofFile name: String) -> UInt64? {
        guard name.hasPrefix(segmentPrefix) else { return nil }
        return UInt64(name.dropFirst(segmentPrefix.count).prefix { $0.isNumber })
    }
}
