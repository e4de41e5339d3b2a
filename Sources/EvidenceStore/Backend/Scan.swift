/// Which rows to read in order of their keys' bytes.
public struct Scan: Sendable {
    public let family: Family
    /// Every row's key begins with it.
    public let prefix: [UInt8]
    /// The first key at or after which to read, or at or before it when descending; `nil` reads from the end.
    public let start: [UInt8]?
    public let isDescending: Bool
    /// The most rows to return, at least 1.
    public let limit: Int

    public init(
        _ family: Family,
        prefix: [UInt8] = [],
        start: [UInt8]? = nil,
        isDescending: Bool = false,
        limit: Int
    ) {
        precondition(limit > 0, "A scan returns at least one row.")
        self.family = family
        self.prefix = prefix
        self.start = start
        self.isDescending = isDescending
        self.limit = limit
    }
}
