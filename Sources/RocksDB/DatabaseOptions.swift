/// What the database as a whole may use, and what opening expects to find.
public struct DatabaseOptions: Sendable {
    public enum Expectation: Sendable {
        /// Make a new database; fail if there is one.
        case new
        /// Open the database that is there; fail if there is none.
        case existing
    }

    /// What opening does with a write-ahead log that does not end cleanly.
    public enum Recovery: Sendable {
        /// Forgives an unfinished record at the end of the log, as a crash leaves it, and refuses damage before it.
        case tolerateCorruptedTail
        /// Stops at the first damage and drops everything after it. For an operator's repair only.
        case pointInTime
        /// Leaves out what is damaged and takes what comes after it: rows may be missing in the middle. Only to see
        /// what a recovery to a point in time drops.
        case skipCorrupted
    }

    public let expectation: Expectation
    public var recovery = Recovery.tolerateCorruptedTail
    /// Whether tables are merged in the background. Without, opening adds files but rewrites none.
    public var compactsByItself = true
    /// Blocks, indexes and filters kept in memory.
    public var blockCacheByteCount = 64 << 20
    /// Unflushed writes of all families together. While one such set is flushed the next one fills.
    public var writeBufferByteCount = 32 << 20

    public init(_ expectation: Expectation) { self.expectation = expectation }
}
