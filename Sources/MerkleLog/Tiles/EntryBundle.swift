import Bytes

/// Up to 256 entries of a log in order, each with its length before it as a big-endian 16-bit integer.
///
/// Source: C2SP tlog-tiles, "Log entries".
public struct EntryBundle: Equatable, Sendable {
    /// 1 to 256 entries of at most 65,535 bytes.
    public let entries: [[UInt8]]

    /// - Throws: ``MerkleError`` with code `.malformedBundle` unless there are 1 to 256, or `.entryTooLong`.
    public init(_ entries: [[UInt8]]) throws(MerkleError) {
        guard 1...TileID.fullWidth ~= entries.count else {
            throw MerkleError(.malformedBundle, "A bundle has 1 to 256 entries, not \(entries.count).")
        }
        guard entries.allSatisfy({ $0.count <= Int(UInt16.max) }) else {
            throw MerkleError(.entryTooLong, "An entry in a bundle has at most 65,535 bytes.")
        }
        self.entries = entries
    }

    /// - Throws: ``MerkleError`` with code `.malformedBundle` unless `bytes` are 1 to 256 entries and nothing else.
    public init(decoding bytes: [UInt8]) throws(MerkleError) {
        var reader = ByteReader(bytes)
        var entries: [[UInt8]] = []
        while !reader.isAtEnd, entries.count <= TileID.fullWidth {
            guard let count = reader.read(bigEndian: UInt16.self), let entry = reader.read(Int(count)) else {
                throw MerkleError(.malformedBundle, "The entry bundle ends inside entry \(entries.count).")
            }
            entries.append(Array(entry))
        }
        try self.init(entries)
    }

    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.reduce(0) { $0 + 2 + $1.count })
        for entry in entries {
            bytes.append(bigEndian: UInt16(entry.count))
            bytes += entry
        }
        return bytes
    }
}
