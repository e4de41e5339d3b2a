/// A search that an account may look at again.
public struct KeptSearch: Sendable, Equatable {
    public let id: AccountRowID
    /// Milliseconds since 1970: from then on it is not there any more.
    public let ends: Int64
    /// What was answered.
    public let answer: [UInt8]
}
