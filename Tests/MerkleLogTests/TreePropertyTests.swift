import Bytes
import MerkleLog
import Testing

/// Trees of random sizes, grown in random batches, with every answer checked against the plain frontier.
struct TreePropertyTests {
    private let seeds: [UInt64] = [1, 2, 3, 4]

    private struct Tree {
        var tiles = MemoryTiles()
        var writer = TileWriter()
        var leaves: [LeafHash] = []
        /// By size.
        var roots: [Digest256] = [Frontier().root]
        private var frontier = Frontier()

        mutating func grow(by count: Int) throws -> TileBatch {
            let new = Vectors.leaves(leaves.count..<leaves.count + count)
            for leaf in new {
                frontier.append(leaf)
                roots.append(frontier.root)
            }
            leaves += new
            let batch = writer.append(new)
            tiles.store(batch)
            return batch
        }
    }

    private func grownTree(_ random: inout SplitMix64) throws -> Tree {
        var tree = Tree()
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            // Restoring from the stored tiles gives the same writer as never having stopped.
            tree.writer = try TileWriter(size: tree.writer.size, from: tree.tiles)
            let batch = try tree.grow(by: Int.random(in: 0...400, using: &random))
            #expect(batch.root == tree.roots.last)
            for index in batch.firstIndex.value..<batch.size.value {
                let proof = try batch.inclusionProof(of: LeafIndex(index))
                _ = try proof.verify(leaf: tree.leaves[Int(index)], root: batch.root)
            }
        }
        return tree
    }

    private func expectEveryAlterationFails(_ hashes: [Digest256], _ verify: ([Digest256]) throws -> Void) throws {
        try verify(hashes)
        for position in hashes.indices {
            var altered = hashes
            let words = altered[position].bigEndianWords
            altered[position] = Digest256(bigEndianWords: (words.0, words.1, words.2 ^ 1, words.3))
            #expect(throws: MerkleError(.rootMismatch, "")) { try verify(altered) }
        }
        for wrong in [Array(hashes.dropLast()), hashes + [Frontier().root]] where wrong != hashes {
            #expect(throws: MerkleError(.wrongProofLength, "")) { try verify(wrong) }
        }
    }

    @Test func everyProofVerifiesAndEveryAlteredOneFails() throws {
        for seed in seeds {
            var random = SplitMix64(state: seed)
            var tree = try grownTree(&random)
            _ = try tree.grow(by: 1)
            let reader = TreeReader(tree.tiles)
            for _ in 0..<20 {
                let size = Int.random(in: 1...tree.leaves.count, using: &random)
                let (old, index) = (Int.random(in: 1...size, using: &random), Int.random(in: 0..<size, using: &random))
                let (root, oldRoot) = (tree.roots[size], tree.roots[old])
                let treeSize = TreeSize(UInt64(size))
                #expect(try reader.root(at: treeSize) == root, "seed \(seed)")
                let inclusion = try reader.inclusionProof(of: LeafIndex(UInt64(index)), in: treeSize)
                #expect(try tree.tiles.inclusionProof(of: inclusion.index, in: treeSize) == inclusion)
                try expectEveryAlterationFails(inclusion.hashes) { hashes in
                    _ = try InclusionProof(index: inclusion.index, size: treeSize, hashes: hashes)
                        .verify(leaf: tree.leaves[index], root: root)
                }
                let consistency = try reader.consistencyProof(from: TreeSize(UInt64(old)), to: treeSize)
                #expect(try tree.tiles.consistencyProof(from: consistency.oldSize, to: treeSize) == consistency)
                try expectEveryAlterationFails(consistency.hashes) { hashes in
                    _ = try ConsistencyProof(oldSize: consistency.oldSize, newSize: treeSize, hashes: hashes)
                        .verify(oldRoot: oldRoot, newRoot: root)
                }
            }
        }
    }

    @Test func everyPairOfSizesOfASmallTree() throws {
        var tree = Tree()
        _ = try tree.grow(by: 40)
        for size in 1...40 {
            let treeSize = TreeSize(UInt64(size))
            for other in 0..<size {
                let index = LeafIndex(UInt64(other))
                _ = try tree.tiles.inclusionProof(of: index, in: treeSize)
                    .verify(leaf: tree.leaves[other], root: tree.roots[size])
                _ = try tree.tiles.consistencyProof(from: TreeSize(UInt64(other + 1)), to: treeSize)
                    .verify(oldRoot: tree.roots[other + 1], newRoot: tree.roots[size])
            }
        }
    }

    @Test func proofsOutsideTheTreeAreRefused() throws {
        var tree = Tree()
        _ = try tree.grow(by: 300)
        let batch = try tree.grow(by: 5)
        let size = batch.size
        let outside = MerkleError(.indexOutsideTree, "")
        #expect(throws: outside) { try tree.tiles.inclusionProof(of: LeafIndex(305), in: size) }
        #expect(throws: outside) { try tree.tiles.inclusionProof(of: LeafIndex(.max), in: size) }
        #expect(throws: outside) { try tree.tiles.inclusionProof(of: LeafIndex(0), in: .empty) }
        #expect(throws: outside) { try batch.inclusionProof(of: LeafIndex(299)) }
        #expect(throws: outside) { try batch.inclusionProof(of: LeafIndex(305)) }
        let order = MerkleError(.sizesOutOfOrder, "")
        #expect(throws: order) { try tree.tiles.consistencyProof(from: .empty, to: size) }
        #expect(throws: order) { try tree.tiles.consistencyProof(from: size, to: TreeSize(304)) }
        #expect(throws: MerkleError(.missingTile, "")) {
            try tree.tiles.inclusionProof(of: LeafIndex(0), in: TreeSize(600))
        }
    }

    @Test func tilesOfTheWrongLengthAreRefused() throws {
        struct ShortTiles: TileSource {
            func tile(_ id: TileID, width: Int) throws -> [UInt8] { [UInt8](repeating: 0, count: width * 32 - 1) }
        }
        let malformed = MerkleError(.malformedTile, "")
        #expect(throws: malformed) { try ShortTiles().inclusionProof(of: LeafIndex(0), in: TreeSize(300)) }
        #expect(throws: malformed) { try TileWriter(size: TreeSize(300), from: ShortTiles()) }
    }

    @Test func hugeSizesNeitherTrapNorVerify() {
        let hashes = Array(repeating: Frontier().root, count: 64)
        let leaf = LeafHash(entry: [])
        for index in [0, 1, UInt64.max - 1, UInt64.max] {
            let proof = InclusionProof(index: LeafIndex(index), size: TreeSize(.max), hashes: hashes)
            #expect(throws: MerkleError.self) { try proof.verify(leaf: leaf, root: leaf.digest) }
            let consistency = ConsistencyProof(oldSize: TreeSize(index), newSize: TreeSize(.max), hashes: hashes)
            #expect(throws: MerkleError.self) { try consistency.verify(oldRoot: leaf.digest, newRoot: leaf.digest) }
            #expect(throws: MerkleError(.missingTile, "")) {
                try MemoryTiles().inclusionProof(of: LeafIndex(index - index % 2), in: TreeSize(.max))
            }
        }
        #expect(throws: MerkleError(.missingTile, "")) {
            try MemoryTiles().consistencyProof(from: TreeSize(1 << 63), to: TreeSize(.max))
        }
    }
}
