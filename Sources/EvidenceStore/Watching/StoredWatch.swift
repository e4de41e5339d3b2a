/// A watch as it is kept: whose, and what its owner asked for, as bytes that the store does not read.
public struct StoredWatch: Sendable, Equatable {
    public let id: WatchID
    public let account: AccountID
    public let bytes: [UInt8]
}
