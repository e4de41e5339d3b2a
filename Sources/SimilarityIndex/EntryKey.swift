/// Which registration a fingerprint belongs to: its place in the log.
public struct EntryKey: Hashable, Comparable, Sendable {
    public let lane: UInt16
    /// Position in the lane's log, from 0.
    public let index: UInt64

    public init(lane: UInt16, index: UInt64) {
        self.lane = lane
        self.index = index
    }

    /// Log order within a lane.
    public static func < (left: Self, right: Self) -> Bool { (left.lane, left.index) < (right.lane, right.index) }
}
