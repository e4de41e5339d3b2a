public import Evidence

/// How far an audit has come.
public struct AuditProgress: Sendable {
    public let entries: UInt64
    public let total: UInt64

    public var json: JSONValue { ["entries": .integer(entries), "total": .integer(total)] }
}
