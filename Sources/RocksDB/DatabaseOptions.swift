/// What the database as a whole may use, and what opening expects to find.
public struct DatabaseOptions: Sendable {
    public enum Expectation: Sendable {
        /// Make a new database; fail if there is one.
        case new
        /// Open the database that is there; fail if there is none.
        case existing
    }

    public let expectation: Expectation
    /// Blocks, indexes and filters kept in memory.
    public var blockCacheByteCount = 64 << 20
    /// Unflushed writes of all families together. While one such set is flushed the next one fills.
    public var writeBufferByteCount = 32 << 20

    public init(_ expectation: Expectation) { self.expectation = expectation }
}
