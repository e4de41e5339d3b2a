public import Bytes

extension TileSource {
    /// The root of the tree of `size`, recomputed from its tiles' right edge.
    ///
    /// - Throws: ``MerkleError`` with code `.malformedTile`, or what the source throws.
    public func root(at size: TreeSize) throws -> Digest256 {
        var reader = NodeReader(source: self, size: size)
        return try TreeHash.root(size: size.value) { try reader.node(height: $0, index: $1) }
    }

    /// - Throws: ``MerkleError`` with code `.indexOutsideTree` or `.malformedTile`, or what the source throws.
    public func inclusionProof(of index: LeafIndex, in size: TreeSize) throws -> InclusionProof {
        guard size.contains(index) else {
            throw MerkleError(.indexOutsideTree, "Leaf \(index) is outside a tree of \(size) leaves.")
        }
        var reader = NodeReader(source: self, size: size)
        let hashes = try TreeHash.siblings(above: index.value, size: size.value) {
            try reader.node(height: $0, index: $1)
        }
        return InclusionProof(index: index, size: size, hashes: hashes)
    }

    /// - Throws: ``MerkleError`` with code `.sizesOutOfOrder` or `.malformedTile`, or what the source throws.
    public func consistencyProof(from oldSize: TreeSize, to newSize: TreeSize) throws -> ConsistencyProof {
        try ConsistencyProof.check(oldSize, newSize)
        guard oldSize < newSize else { return ConsistencyProof(oldSize: oldSize, newSize: newSize, hashes: []) }
        var reader = NodeReader(source: self, size: newSize)
        // The largest perfect subtree that the old tree ends with, and all its siblings on the way up.
        let height = oldSize.value.trailingZeroBitCount
        let last = oldSize.value - 1
        var hashes = try TreeHash.siblings(above: last, from: height, size: newSize.value) {
            try reader.node(height: $0, index: $1)
        }
        if last >> UInt64(height) != 0 {
            hashes.insert(try reader.node(height: height, index: last >> UInt64(height)), at: 0)
        }
        return ConsistencyProof(oldSize: oldSize, newSize: newSize, hashes: hashes)
    }

    func nodes(_ id: TileID, width: Int) throws -> TileNodes {
        let bytes = try tile(id, width: width)
        guard bytes.count == width * Digest256.byteCount else {
            throw MerkleError(.malformedTile, "\(bytes.count) bytes are not the \(width) hashes of tile \(id).")
        }
        return try TileNodes(id, bytes: bytes)
    }
}
