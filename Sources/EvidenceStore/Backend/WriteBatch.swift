/// Puts and deletions that become durable together or not at all, applied in order.
public struct WriteBatch: Sendable {
    public struct Operation: Sendable {
        public let family: Family
        public let key: [UInt8]
        /// `nil` deletes the row.
        public let value: [UInt8]?
    }

    public private(set) var operations: [Operation] = []

    public init() {}

    public mutating func put(_ value: [UInt8], for key: [UInt8], in family: Family) {
        operations.append(Operation(family: family, key: key, value: value))
    }

    public mutating func delete(_ key: [UInt8], in family: Family) {
        operations.append(Operation(family: family, key: key, value: nil))
    }
}
