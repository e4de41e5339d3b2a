/// A hit that a webhook has not taken yet.
public struct StoredDelivery: Sendable, Equatable {
    /// Milliseconds since 1970: not before.
    public let due: Int64
    public let watch: WatchID
    public let account: AccountID
    /// The hit's number within its watch.
    public let hit: UInt64
    /// How often it was tried.
    public let attempts: UInt16
}
