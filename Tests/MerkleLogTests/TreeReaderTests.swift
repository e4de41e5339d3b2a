import MerkleLog
import Synchronization
import Testing

struct TreeReaderTests {
    /// Tiles of nothing but zeros, which counts how often it is asked.
    private final class CountedTiles: TileSource {
        let count = Mutex(0)

        func tile(_ id: TileID, width: Int) throws -> [UInt8] {
            count.withLock { $0 += 1 }
            return [UInt8](repeating: 0, count: width * 32)
        }
    }

    @Test func tilesAreRememberedUpToALimit() throws {
        let tiles = CountedTiles()
        let reader = TreeReader(tiles)
        let size = TreeSize(1 << 20)
        func readsForProof(ofLeafInTile tile: UInt64) throws -> Int {
            let before = tiles.count.withLock { $0 }
            _ = try reader.inclusionProof(of: LeafIndex(tile * 256), in: size)
            return tiles.count.withLock { $0 } - before
        }
        #expect(try readsForProof(ofLeafInTile: 0) == 3)
        #expect(try readsForProof(ofLeafInTile: 0) == 0)
        #expect(try readsForProof(ofLeafInTile: 1) == 1)
        for tile in 2..<UInt64(1100) { _ = try readsForProof(ofLeafInTile: tile) }
        #expect(try readsForProof(ofLeafInTile: 0) > 0)
    }

    @Test func aTileThatGrewIsReadAgain() throws {
        let tiles = CountedTiles()
        let reader = TreeReader(tiles)
        _ = try reader.root(at: TreeSize(3))
        _ = try reader.root(at: TreeSize(2))
        #expect(tiles.count.withLock { $0 } == 1)
        _ = try reader.root(at: TreeSize(5))
        #expect(tiles.count.withLock { $0 } == 2)
    }
}
