import Bytes
import Foundation
import MerkleLog
import Testing

struct RootVectorTests {
    private struct Roots: Decodable {
        let emptyRoot: String
        let roots: [String: String]
    }

    private struct ReferenceTree: Decodable {
        let leafInputsHex: [String]
        let leafHashes: [String]
        let level1: [String]
        let level2: [String]
        let level3: [String]
        let rootHashBySize: [String]
    }

    @Test func generatedRoots() throws {
        let expected = try Vectors.json(Roots.self, Vectors.bundled.appending(path: "merkle/generated-roots.json"))
        let largest = try #require(expected.roots.keys.compactMap(Int.init).max())
        #expect(Frontier().root.hex == expected.emptyRoot)
        #expect(TileWriter().root.hex == expected.emptyRoot)
        var (frontier, writer, checked) = (Frontier(), TileWriter(), 0)
        for leaf in Vectors.leaves(0..<largest) {
            frontier.append(leaf)
            let batch = writer.append([leaf])
            #expect(batch.root == frontier.root)
            guard let root = expected.roots[frontier.size.description] else { continue }
            #expect(frontier.root.hex == root)
            checked += 1
        }
        #expect(checked == expected.roots.count)
    }

    @Test(.enabled(if: Vectors.hasOutside("merkle"), "third-party vectors are not here: set CINNABAR_VECTORS"))
    func referenceTree() throws {
        let tree = try Vectors.json(
            ReferenceTree.self,
            Vectors.outside.appending(path: "merkle/third-party/reference-tree.json")
        )
        var frontier = Frontier()
        var hashes: Set<String> = []
        #expect(frontier.root.hex == tree.rootHashBySize[0])
        for (position, input) in tree.leafInputsHex.enumerated() {
            let leaf = LeafHash(entry: try #require(Hex.decode(input)))
            #expect(leaf.hex == tree.leafHashes[position])
            frontier.append(leaf)
            #expect(frontier.root.hex == tree.rootHashBySize[position + 1])
            hashes.formUnion(frontier.hashes.map(\.hex))
        }
        // Nodes with an odd index are only ever seen within their parents.
        for level in [tree.level1, tree.level2, tree.level3] { #expect(hashes.contains(level[0])) }
    }

    @Test func frontierIsRestored() throws {
        var whole = Frontier()
        for leaf in Vectors.leaves(0..<300) {
            var restored = try Frontier(size: whole.size, hashes: whole.hashes)
            whole.append(leaf)
            restored.append(leaf)
            #expect(restored == whole)
        }
        #expect(throws: MerkleError(.malformedFrontier, "")) {
            try Frontier(size: whole.size, hashes: whole.hashes.dropLast())
        }
        #expect(throws: MerkleError(.malformedFrontier, "")) { try Frontier(size: .empty, hashes: whole.hashes) }
    }

    @Test func leafHashIsReadFromHexOnlyAsItIsWritten() {
        let leaf = LeafHash(entry: Array("entry".utf8))
        #expect(LeafHash(hex: leaf.hex) == leaf)
        #expect(LeafHash(hex: leaf.hex.uppercased()) == nil)
        #expect(LeafHash(hex: leaf.hex.dropLast(2)) == nil)
        #expect(LeafHash(hex: leaf.hex + "00") == nil)
        #expect(LeafHash(hex: "") == nil)
    }
}
