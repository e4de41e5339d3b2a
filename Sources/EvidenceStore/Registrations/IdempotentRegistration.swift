public import Bytes
public import MerkleLog

/// What an idempotency key made earlier.
public struct IdempotentRegistration: Sendable, Equatable {
    public let id: LeafHash
    /// Of the earlier request: another digest under the same key is another request, to be refused.
    public let requestDigest: Digest256
}
