public import Bytes

/// A leaf that was proven to stand at an index of the tree with this root. Only ``InclusionProof`` makes one.
public struct VerifiedInclusion: Equatable, Sendable {
    public let leaf: LeafHash
    public let index: LeafIndex
    public let size: TreeSize
    public let root: Digest256

    init(leaf: LeafHash, index: LeafIndex, size: TreeSize, root: Digest256) {
        self.leaf = leaf
        self.index = index
        self.size = size
        self.root = root
    }
}
