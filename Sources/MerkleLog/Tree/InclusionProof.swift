public import Bytes

/// The claim that a leaf stands at an index of a tree, with the hashes that lead from it to the root.
public struct InclusionProof: Equatable, Sendable {
    public let index: LeafIndex
    public let size: TreeSize
    /// From the leaf's sibling up to the root's child.
    public let hashes: [Digest256]

    public init(index: LeafIndex, size: TreeSize, hashes: [Digest256]) {
        self.index = index
        self.size = size
        self.hashes = hashes
    }

    /// - Throws: ``MerkleError`` with code `.indexOutsideTree`, `.wrongProofLength` or `.rootMismatch`.
    public func verify(leaf: LeafHash, root: Digest256) throws(MerkleError) -> VerifiedInclusion {
        guard try self.root(over: leaf) == root else {
            throw MerkleError(.rootMismatch, "The inclusion proof of leaf \(index) does not lead to the tree's root.")
        }
        return VerifiedInclusion(leaf: leaf, index: index, size: size, root: root)
    }

    /// The root to which the proof leads from `leaf`.
    ///
    /// Source: RFC 9162, section 2.1.3.2.
    func root(over leaf: LeafHash) throws(MerkleError) -> Digest256 {
        guard size.contains(index) else {
            throw MerkleError(.indexOutsideTree, "Leaf \(index) is outside a tree of \(size) leaves.")
        }
        var (node, last) = (index.value, size.value - 1)
        var root = leaf.digest
        for hash in hashes {
            guard last != 0 else { throw Self.wrongLength }
            if node & 1 == 1 || node == last {
                root = TreeHash.parent(hash, root)
                while node & 1 == 0 && node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                root = TreeHash.parent(root, hash)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        guard last == 0 else { throw Self.wrongLength }
        return root
    }

    private static let wrongLength = MerkleError(
        .wrongProofLength,
        "The inclusion proof is shorter or longer than its index and tree size ask for."
    )
}
