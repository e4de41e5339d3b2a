public import Evidence

/// What a recovery to a point in time would keep and drop, or has.
public struct StoreRecoveryReport: Sendable {
    /// One log of the store.
    public struct Log: Sendable {
        public let origin: String
        /// Entries that the guard has seen: all of them are kept.
        public let guarded: UInt64
        /// Entries that are kept.
        public let kept: UInt64
        /// Entries that the damaged store still shows past those; nobody was answered for them.
        public let dropped: UInt64
    }

    public let logs: [Log]
    /// Rows of each kind that the damaged store still shows and that are not kept. What stands in the damaged block of
    /// the write-ahead log itself, 32 KiB, does not read and is not counted.
    public let droppedRows: [String: Int]
    /// One line for each of them that a person can act upon: accounts, tokens, timestamps.
    public let dropped: [String]
    /// Where the store lies that was damaged; `nil` while nothing was changed.
    public internal(set) var damagedFolder: String?

    public var json: JSONValue {
        [
            "recovered": .bool(damagedFolder != nil),
            "damagedStore": damagedFolder.map { .string($0) } ?? .null,
            "logs": .array(
                logs.map {
                    [
                        "origin": .string($0.origin), "guarded": .integer($0.guarded), "kept": .integer($0.kept),
                        "dropped": .integer($0.dropped),
                    ]
                }
            ),
            "droppedRows": .object(droppedRows.mapValues { .integer($0) }),
            "dropped": .array(dropped.map { .string($0) }),
        ]
    }
}
