public import Bytes

/// A picture that came by in a feed and was looked up.
public struct StoredFeedPicture: Sendable, Equatable {
    /// In the order of coming, over all watches.
    public let number: UInt64
    public let watch: WatchID
    public let account: AccountID
    /// Milliseconds since 1970 by our clock.
    public let seenAt: Int64
    public let sha256: Digest256
    /// What was made of it, opened.
    public let bytes: [UInt8]
}
