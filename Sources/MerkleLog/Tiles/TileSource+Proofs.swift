public import Bytes

/// For a single root or proof; a ``TreeReader`` is faster for more.
extension TileSource {
    /// See ``TreeReader/root(at:)``.
    public func root(at size: TreeSize) throws -> Digest256 { try TreeReader(self).root(at: size) }

    /// See ``TreeReader/inclusionProof(of:in:)``.
    public func inclusionProof(of index: LeafIndex, in size: TreeSize) throws -> InclusionProof {
        try TreeReader(self).inclusionProof(of: index, in: size)
    }

    /// See ``TreeReader/consistencyProof(from:to:)``.
    public func consistencyProof(from oldSize: TreeSize, to newSize: TreeSize) throws -> ConsistencyProof {
        try TreeReader(self).consistencyProof(from: oldSize, to: newSize)
    }

    /// - Throws: ``MerkleError`` with code `.malformedTile`, or what the source throws.
    func nodes(_ id: TileID, width: Int) throws -> TileNodes {
        let bytes = try tile(id, width: width)
        guard bytes.count == width * Digest256.byteCount else {
            throw MerkleError(.malformedTile, "\(bytes.count) bytes are not the \(width) hashes of tile \(id).")
        }
        return TileNodes(id, hashes: bytes)
    }
}
