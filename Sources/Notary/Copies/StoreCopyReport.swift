public import Evidence

/// What one store copy did.
public struct StoreCopyReport: Sendable {
    public internal(set) var generation = 0
    /// Files that make up this generation.
    public internal(set) var files = 0
    public internal(set) var bytes: UInt64 = 0
    /// Of these, what was not in the folder yet.
    public internal(set) var copiedFiles = 0
    public internal(set) var copiedBytes: UInt64 = 0
    /// Files of records' keys, and those of them that had changed.
    public internal(set) var keyFiles = 0
    public internal(set) var copiedKeyFiles = 0
    public internal(set) var keys = 0
    /// Erasure receipts that were not in the folder yet.
    public internal(set) var copiedReceipts = 0
    /// Generations taken away because more than wanted were there.
    public internal(set) var removedGenerations: [Int] = []
    /// Each log's origin with the entries that the generation holds of it.
    public internal(set) var logs: [(origin: String, size: UInt64)] = []

    public var json: JSONValue {
        [
            "generation": .integer(generation), "files": .integer(files), "bytes": .integer(bytes),
            "copiedFiles": .integer(copiedFiles), "copiedBytes": .integer(copiedBytes),
            "keyFiles": .integer(keyFiles), "copiedKeyFiles": .integer(copiedKeyFiles), "keys": .integer(keys),
            "copiedReceipts": .integer(copiedReceipts),
            "removedGenerations": .array(removedGenerations.map { .integer($0) }),
            "logs": .array(logs.map { ["origin": .string($0.origin), "size": .integer($0.size)] }),
        ]
    }
}
