import Bytes
import FeatureWords

/// What a folder's index consists of.
struct PartialManifest: Equatable {
    /// A line that names the format and the vocabulary.
    private static let name = [UInt8]("cinnabar-parts-1 \(FeatureWords.name)\n".utf8)

    let segments: [UInt64]
    let reaches: [UInt16: UInt64]
    let removed: Set<EntryKey>

    /// - Returns: `nil` when there is none.
    /// - Throws: ``PostingError`` `.damaged` or `.io`.
    static func read(_ path: String) throws(PostingError) -> Self? {
        guard let bytes = try DigestedFile.read(path) else { return nil }
        guard let manifest = Self(bytes) else { throw PostingError(.damaged, "\(path) is not what was written.") }
        return manifest
    }

    init(segments: [UInt64], reaches: [UInt16: UInt64], removed: Set<EntryKey>) {
        self.segments = segments
        self.reaches = reaches
        self.removed = removed
    }

    private init?(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard reader.read(Self.name.count).map({ $0.elementsEqual(Self.name) }) == true,
            let segmentCount = reader.read(bigEndian: UInt32.self)
        else { return nil }
        var segments: [UInt64] = []
        for _ in 0..<segmentCount {
            guard let number = reader.read(bigEndian: UInt64.self) else { return nil }
            segments.append(number)
        }
        guard let laneCount = reader.read(bigEndian: UInt32.self) else { return nil }
        var reaches: [UInt16: UInt64] = [:]
        for _ in 0..<laneCount {
            guard let lane = reader.read(bigEndian: UInt16.self), let next = reader.read(bigEndian: UInt64.self) else {
                return nil
            }
            reaches[lane] = next
        }
        var removed: Set<EntryKey> = []
        while !reader.isAtEnd {
            guard let lane = reader.read(bigEndian: UInt16.self), let index = reader.read(bigEndian: UInt64.self) else {
                return nil
            }
            removed.insert(EntryKey(lane: lane, index: index))
        }
        self.init(segments: segments, reaches: reaches, removed: removed)
    }

    /// - Throws: ``PostingError`` `.full` or `.io`.
    func write(to path: String) throws(PostingError) {
        var bytes = Self.name
        bytes.append(bigEndian: UInt32(segments.count))
        for number in segments { bytes.append(bigEndian: number) }
        bytes.append(bigEndian: UInt32(reaches.count))
        for (lane, next) in reaches.sorted(by: { $0.key < $1.key }) {
            bytes.append(bigEndian: lane)
            bytes.append(bigEndian: next)
        }
        for key in removed.sorted() {
            bytes.append(bigEndian: key.lane)
            bytes.append(bigEndian: key.index)
        }
        try DigestedFile.write(bytes, to: path)
    }
}
