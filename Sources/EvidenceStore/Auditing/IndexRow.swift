/// A row that another one calls for: what an index must hold because of a record, an entry or an original.
public struct IndexRow: Sendable, Hashable {
    public let family: Family
    public let key: [UInt8]
    public let value: [UInt8]
}
