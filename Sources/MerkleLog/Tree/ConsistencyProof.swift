public import Bytes

/// The claim that a larger tree begins with all leaves of a smaller one, with the hashes that show it.
public struct ConsistencyProof: Equatable, Sendable {
    public let oldSize: TreeSize
    public let newSize: TreeSize
    public let hashes: [Digest256]

    public init(oldSize: TreeSize, newSize: TreeSize, hashes: [Digest256]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.hashes = hashes
    }

    /// Between equal sizes the proof is empty and the roots are equal. From the empty tree nothing can be proven.
    ///
    /// - Throws: ``MerkleError`` with code `.sizesOutOfOrder`, `.wrongProofLength` or `.rootMismatch`.
    public func verify(oldRoot: Digest256, newRoot: Digest256) throws(MerkleError) -> VerifiedConsistency {
        try Self.check(oldSize, newSize)
        let roots = oldSize == newSize ? try rootsOfEqualSizes(oldRoot) : try self.roots(startingFrom: oldRoot)
        guard roots == (oldRoot, newRoot) else {
            throw MerkleError(
                .rootMismatch,
                "The consistency proof from size \(oldSize) to \(newSize) does not lead to both roots."
            )
        }
        return VerifiedConsistency(oldSize: oldSize, oldRoot: oldRoot, newSize: newSize, newRoot: newRoot)
    }

    static func check(_ oldSize: TreeSize, _ newSize: TreeSize) throws(MerkleError) {
        guard oldSize > .empty, oldSize <= newSize else {
            throw MerkleError(.sizesOutOfOrder, "There is no consistency proof from size \(oldSize) to \(newSize).")
        }
    }

    private func rootsOfEqualSizes(_ root: Digest256) throws(MerkleError) -> (Digest256, Digest256) {
        guard hashes.isEmpty else { throw Self.wrongLength }
        return (root, root)
    }

    /// Source: RFC 9162, section 2.1.4.2.
    private func roots(startingFrom oldRoot: Digest256) throws(MerkleError) -> (Digest256, Digest256) {
        let shift = UInt64(oldSize.value.trailingZeroBitCount)
        var (node, last) = ((oldSize.value - 1) >> shift, (newSize.value - 1) >> shift)
        var rest = hashes[...]
        // A perfect old tree is itself the first node, and the proof leaves it out.
        guard let start = node == 0 ? oldRoot : rest.popFirst() else { throw Self.wrongLength }
        var (old, new) = (start, start)
        for hash in rest {
            guard last != 0 else { throw Self.wrongLength }
            if node & 1 == 1 || node == last {
                old = TreeHash.parent(hash, old)
                new = TreeHash.parent(hash, new)
                while node & 1 == 0 && node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                new = TreeHash.parent(new, hash)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        guard last == 0 else { throw Self.wrongLength }
        return (old, new)
    }

    private static let wrongLength = MerkleError(
        .wrongProofLength,
        "The consistency proof is shorter or longer than its tree sizes ask for."
    )
}
