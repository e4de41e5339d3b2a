public import Bytes

/// Two trees of which the larger was proven to extend the smaller. Only ``ConsistencyProof`` makes one.
public struct VerifiedConsistency: Equatable, Sendable {
    public let oldSize: TreeSize
    public let oldRoot: Digest256
    public let newSize: TreeSize
    public let newRoot: Digest256

    init(oldSize: TreeSize, oldRoot: Digest256, newSize: TreeSize, newRoot: Digest256) {
        self.oldSize = oldSize
        self.oldRoot = oldRoot
        self.newSize = newSize
        self.newRoot = newRoot
    }
}
