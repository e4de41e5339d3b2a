import Bytes
import MerkleLog

/// What rows of jobs and of anchors share in their layout.
enum AnchorKey {
    static func parts(_ key: [UInt8]) -> (lane: LaneID, outsider: String, size: TreeSize)? {
        var reader = ByteReader(key)
        guard let lane = reader.read(bigEndian: UInt16.self),
            let name = reader.read(bigEndian: UInt8.self).flatMap({ reader.read(Int($0)) }),
            let outsider = String(validating: name, as: UTF8.self), !outsider.isEmpty,
            let size = reader.read(bigEndian: UInt64.self), reader.isAtEnd
        else { return nil }
        return (LaneID(lane), outsider, TreeSize(size))
    }

    /// Bytes with their length before them.
    static func readBytes(_ reader: inout ByteReader) -> [UInt8]? {
        reader.read(bigEndian: UInt32.self).flatMap { reader.read(Int($0)) }.map { Array($0) }
    }

    static func append(_ bytes: [UInt8], to row: inout [UInt8]) {
        row.append(bigEndian: UInt32(bytes.count))
        row += bytes
    }
}
