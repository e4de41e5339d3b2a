import Bytes
import MerkleLog

/// The wrapped keys of a range of a lane's records, as store copies keep them: apart from the rows that they open.
///
/// As bytes: a line `cinnabar store-keys-1 <lane> <first index>`, then for each key in order its offset from the first
/// index (2) ‖ its length (2) ‖ the key as it lies in the store. Integers are big-endian.
package struct KeyChunk: Sendable, Equatable {
    /// Records in the range of a chunk: small enough that a new record rewrites 4 MB, large enough that ten million
    /// records are some 150 files.
    package static let range: UInt64 = 1 << 16
    /// Of a whole chunk of the longest keys that there can be.
    package static let limitBytes = 64 + Int(range) * (4 + 256)

    package let lane: LaneID
    /// A multiple of ``range``.
    package let first: UInt64
    private(set) var keys: [(offset: UInt16, wrapped: [UInt8])] = []

    init(lane: LaneID, covering index: UInt64) {
        self.lane = lane
        first = index - index % Self.range
    }

    package var count: Int { keys.count }

    func covers(_ position: LogPosition) -> Bool {
        position.lane == lane && position.index.value >= first && position.index.value - first < Self.range
    }

    /// - Precondition: The chunk covers the position, which is after every other.
    mutating func append(_ wrapped: [UInt8], at position: LogPosition) {
        precondition(covers(position), "A chunk holds keys of its own range.")
        keys.append((UInt16(position.index.value - first), wrapped))
    }

    package static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }
}

extension KeyChunk {
    private static let format = "cinnabar store-keys-1"

    package var bytes: [UInt8] {
        var bytes = Array("\(Self.format) \(lane.rawValue) \(first)\n".utf8)
        for (offset, wrapped) in keys {
            bytes.append(bigEndian: offset)
            bytes.append(bigEndian: UInt16(wrapped.count))
            bytes += wrapped
        }
        return bytes
    }

    /// - Throws: ``StoreError`` with code `.corrupted`.
    package init(parsing bytes: [UInt8]) throws(StoreError) {
        let malformed = StoreError(.corrupted, "A file of records' keys does not read. Take it from another copy.")
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard line.count < bytes.count, words.count == 4, "\(words[0]) \(words[1])" == Self.format,
            let lane = UInt16(words[2]), let first = UInt64(words[3]), first.isMultiple(of: Self.range)
        else { throw malformed }
        self.init(lane: LaneID(lane), covering: first)
        var reader = ByteReader(bytes[(line.count + 1)...])
        while !reader.isAtEnd {
            guard let offset = reader.read(bigEndian: UInt16.self), offset > keys.last?.offset ?? 0 || keys.isEmpty,
                let count = reader.read(bigEndian: UInt16.self), let wrapped = reader.read(Int(count))
            else { throw malformed }
            keys.append((offset, Array(wrapped)))
        }
        guard self.bytes == bytes else { throw malformed }  // refuses "+1" and "01"
    }
}
