/// That a record was erased.
public struct StoredErasure: Sendable, Equatable {
    public let position: LogPosition
    /// Who said so, when and why: bytes that this store does not read.
    public let receipt: [UInt8]
}
