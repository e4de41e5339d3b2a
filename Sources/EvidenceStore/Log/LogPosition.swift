import Bytes
public import MerkleLog

/// Where an entry stands: its lane and its index there. Orders as the rows do.
public struct LogPosition: Hashable, Sendable, Comparable {
    public let lane: LaneID
    public let index: LeafIndex

    public init(lane: LaneID, index: LeafIndex) {
        self.lane = lane
        self.index = index
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.lane, left.index) < (right.lane, right.index)
    }
}

extension LogPosition {
    static let byteCount = 10

    /// Lane (2) ‖ index (8).
    func append(to key: inout [UInt8]) {
        key.append(bigEndian: lane.rawValue)
        key.append(bigEndian: index.value)
    }

    init?(_ reader: inout ByteReader) {
        guard let lane = reader.read(bigEndian: UInt16.self), let index = reader.read(bigEndian: UInt64.self) else {
            return nil
        }
        self.init(lane: LaneID(lane), index: LeafIndex(index))
    }

    /// From a key that ends in a position.
    init?(endOf key: [UInt8]) {
        var reader = ByteReader(key.suffix(Self.byteCount))
        self.init(&reader)
    }

    /// The next place; `nil` after the last index there can be.
    var next: Self? {
        index.value == .max ? nil : Self(lane: lane, index: LeafIndex(index.value + 1))
    }
}
