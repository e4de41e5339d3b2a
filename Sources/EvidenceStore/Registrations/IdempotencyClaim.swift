public import Bytes

/// A client's idempotency key with the digest of the request that it stands for.
public struct IdempotencyClaim: Sendable, Equatable {
    /// Any length; only its SHA-256 is stored.
    public let key: String
    public let requestDigest: Digest256

    public init(key: String, requestDigest: Digest256) {
        self.key = key
        self.requestDigest = requestDigest
    }
}
