public import Bytes

/// The right edge of a tree: the roots of the perfect subtrees that its leaves fall into, one for each bit set in its
/// size. Enough to append and to know the root, in at most 64 hashes.
public struct Frontier: Equatable, Sendable {
    public private(set) var size: TreeSize
    /// Largest subtree first.
    public private(set) var hashes: [Digest256]

    public init() {
        size = .empty
        hashes = []
    }

    /// An edge stored earlier.
    ///
    /// - Throws: ``MerkleError`` with code `.malformedFrontier` unless there is one hash for each bit set in `size`.
    public init(size: TreeSize, hashes: [Digest256]) throws(MerkleError) {
        guard hashes.count == size.value.nonzeroBitCount else {
            throw MerkleError(.malformedFrontier, "\(hashes.count) hashes are no right edge of \(size) leaves.")
        }
        self.size = size
        self.hashes = hashes
    }

    public mutating func append(_ leaf: LeafHash) {
        var hash = leaf.digest
        // Each trailing one of the size is a perfect subtree that the new leaf completes to the next larger one.
        for _ in 0..<(~size.value).trailingZeroBitCount {
            hash = TreeHash.parent(hashes.removeLast(), hash)
        }
        hashes.append(hash)
        size = TreeSize(size.value + 1)
    }

    public var root: Digest256 {
        guard var root = hashes.last else { return TreeHash.emptyRoot }
        for hash in hashes.dropLast().reversed() { root = TreeHash.parent(hash, root) }
        return root
    }
}
