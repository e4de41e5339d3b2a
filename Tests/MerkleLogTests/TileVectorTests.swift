import Bytes
import Foundation
import MerkleLog
import OpenSSL
import Testing

struct TileVectorTests {
    /// A log's folder, laid out as tlog-tiles serves it.
    private struct Folder: TileSource {
        let url: URL

        func tile(_ id: TileID, width: Int) throws -> [UInt8] {
            try Vectors.bytes(url.appending(path: TilePath.tile(id, width: width).text))
        }

        func entries(below size: TreeSize) throws -> [[UInt8]] {
            try stride(from: 0, to: size.value, by: TileID.fullWidth).flatMap { start in
                let width = min(TileID.fullWidth, Int(size.value - start))
                let path = TilePath.entries(index: start / UInt64(TileID.fullWidth), width: width)
                let bytes = try Vectors.bytes(url.appending(path: path.text))
                let bundle = try EntryBundle(decoding: bytes)
                #expect(bundle.bytes == bytes)
                #expect(bundle.entries.count == width)
                return bundle.entries
            }
        }

        func checkpoint(_ name: String) throws -> Checkpoint {
            let vkey = try Vectors.text(url.appending(path: "vkey")).trimmingCharacters(in: .whitespacesAndNewlines)
            let bytes = try Vectors.bytes(url.appending(path: name))
            return try SignedNote(parsing: bytes).verifiedCheckpoint(log: VerifierKey(parsing: vkey)).checkpoint
        }
    }

    /// Entries, tiles, proofs and checkpoint of a published log agree, and writing it again gives the same tiles.
    private func check(_ folder: Folder, checkpoint name: String) throws {
        let checkpoint = try folder.checkpoint(name)
        let size = checkpoint.size
        let entries = try folder.entries(below: size)
        let leaves = entries.map { LeafHash(entry: $0) }
        var writer = TileWriter()
        let batch = writer.append(leaves)
        #expect(batch.root == checkpoint.root)
        for tile in batch.changedTiles { #expect(try folder.tile(tile.id, width: tile.width) == tile.bytes) }
        #expect(try folder.root(at: size) == checkpoint.root)
        #expect(try TileWriter(size: size, from: folder).root == checkpoint.root)
        let reader = TreeReader(folder)
        for (position, leaf) in leaves.enumerated() {
            let index = LeafIndex(UInt64(position))
            let proof = try reader.inclusionProof(of: index, in: size)
            _ = try proof.verify(leaf: leaf, root: checkpoint.root)
            #expect(try batch.inclusionProof(of: index) == proof)
        }
    }

    /// Each file of the generated log with one bit flipped, or cut: nothing damaged goes through, and the code says what.
    @Test func damagedResourcesAreRefused() throws {
        let folder = Folder(url: Vectors.bundled.appending(path: "tiles/generated"))
        let checkpoint = try folder.checkpoint("checkpoint")
        for path in ["tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"] {
            guard case .tile(let id, let width) = try TilePath(parsing: path) else { continue }
            var bytes = try folder.tile(id, width: width)
            #expect(throws: MerkleError(.malformedTile, "")) {
                try DamagedFolder(folder, id, Array(bytes.dropLast())).proof(through: id, in: checkpoint.size)
            }
            bytes[bytes.count - 1] ^= 1
            let proof = try DamagedFolder(folder, id, bytes).proof(through: id, in: checkpoint.size)
            let leaf = LeafHash(entry: try folder.entries(below: checkpoint.size)[Int(proof.index.value)])
            #expect(throws: MerkleError(.rootMismatch, "")) { try proof.verify(leaf: leaf, root: checkpoint.root) }
        }
        for path in ["tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"] {
            let bytes = try Vectors.bytes(folder.url.appending(path: path))
            #expect(throws: MerkleError(.malformedBundle, "")) { try EntryBundle(decoding: bytes.dropLast()) }
            #expect(throws: MerkleError(.malformedBundle, "")) { try EntryBundle(decoding: bytes + [0]) }
        }
        #expect(throws: MerkleError(.malformedBundle, "")) { try EntryBundle(decoding: []) }
    }

    /// A log's folder with one tile exchanged.
    private struct DamagedFolder: TileSource {
        let folder: Folder
        let id: TileID
        let bytes: [UInt8]

        init(_ folder: Folder, _ id: TileID, _ bytes: [UInt8]) {
            self.folder = folder
            self.id = id
            self.bytes = bytes
        }

        func tile(_ id: TileID, width: Int) throws -> [UInt8] {
            id == self.id ? bytes : try folder.tile(id, width: width)
        }

        /// A proof whose siblings include the tile's last hash.
        func proof(through id: TileID, in size: TreeSize) throws -> InclusionProof {
            let first = id.index * UInt64(TileID.fullWidth) << UInt64(8 * id.level)
            let width = UInt64(id.width(in: size))
            return try inclusionProof(of: LeafIndex(first + (width - 2) << UInt64(8 * id.level)), in: size)
        }
    }

    @Test func generatedLog() throws {
        try check(Folder(url: Vectors.bundled.appending(path: "tiles/generated")), checkpoint: "checkpoint")
    }

    @Test(.enabled(if: Vectors.hasOutside("tiles"), "third-party vectors are not here: set CINNABAR_VECTORS"))
    func thirdPartyLogAtEachSize() throws {
        let folder = Folder(url: Vectors.outside.appending(path: "tiles/third-party/tessera-log"))
        var old: Checkpoint?
        for size in 0...15 {
            try check(folder, checkpoint: "checkpoint.\(size)")
            let new = try folder.checkpoint("checkpoint.\(size)")
            if let old, old.size > .empty {
                _ = try folder.consistencyProof(from: old.size, to: new.size)
                    .verify(oldRoot: old.root, newRoot: new.root)
            }
            old = new
        }
        #expect(try folder.checkpoint("checkpoint") == old)
    }

    /// The whole log is written and every resource compared; in batches, so that tiles are seen partial and full.
    @Test func bigLogIsWrittenByteForByte() throws {
        let folder = Vectors.bundled.appending(path: "tiles")
        let lines = try Vectors.text(folder.appending(path: "big-manifest.txt")).split(separator: "\n").dropFirst()
        var expected: [String: String] = [:]
        for line in lines {
            let parts = line.split(separator: " ")
            expected[String(parts[1])] = String(parts[0])
        }
        let size = 70_000
        var (writer, tiles, resources) = (TileWriter(), MemoryTiles(), [String: [UInt8]]())
        for start in stride(from: 0, to: size, by: 999) {
            tiles.store(writer.append(Vectors.leaves(start..<min(start + 999, size))))
        }
        for (id, bytes) in tiles.tiles { resources[TilePath.tile(id, width: bytes.count / 32).text] = bytes }
        for start in stride(from: 0, to: size, by: TileID.fullWidth) {
            let bundle = try EntryBundle((start..<min(start + TileID.fullWidth, size)).map(Vectors.entry))
            let path = TilePath.entries(index: UInt64(start / TileID.fullWidth), width: bundle.entries.count)
            resources[path.text] = bundle.bytes
        }
        let checkpoint = try Vectors.bytes(folder.appending(path: "big-checkpoint"))
        #expect(try Checkpoint(parsing: SignedNote(parsing: checkpoint).text).root == writer.root)
        resources["checkpoint"] = checkpoint
        #expect(resources.mapValues { SHA256.digest(of: $0).hex } == expected)
        #expect(expected.count == 552)
    }
}
