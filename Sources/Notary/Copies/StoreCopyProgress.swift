public import Evidence

/// How far a store copy, its restoration or its check has come.
public struct StoreCopyProgress: Sendable {
    public let bytes: UInt64
    public let totalBytes: UInt64

    public var json: JSONValue { ["bytes": .integer(bytes), "totalBytes": .integer(totalBytes)] }
}
