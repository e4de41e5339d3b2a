/// One log of those that a store holds. One lane is enough for one machine.
public struct LaneID: Hashable, Sendable, Comparable {
    /// The lane that `cinnabar init` makes.
    public static let first = Self(0)
    /// The log whose entries are the signed checkpoints of the lanes, where there are several.
    public static let top = Self(.max)

    public let rawValue: UInt16

    public init(_ rawValue: UInt16) { self.rawValue = rawValue }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
