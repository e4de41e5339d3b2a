public import Bytes

/// Commitments that our calendar carries on together, in the order in which they stand in the round's tree.
public struct CalendarRound: Sendable, Equatable {
    public let number: UInt64
    public let commitments: [Digest256]
    /// What calendars said of the root so far; `nil` before it was handed to one.
    public let proof: [UInt8]?
}
