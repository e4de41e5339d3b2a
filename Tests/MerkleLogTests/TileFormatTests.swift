import MerkleLog
import Testing

struct TileFormatTests {
    @Test(arguments: [
        "tile/0/000", "tile/0/255", "tile/1/x001/234.p/1", "tile/0/x001/x234/067", "tile/0/x001/x234/067.p/255",
        "tile/63/999", "tile/entries/000.p/8", "tile/entries/x001/000",
        "tile/0/x018/x446/x744/x073/x709/x551/615",
    ])
    func canonicalPathsAreReadAndWritten(path: String) throws {
        #expect(try TilePath(parsing: path).text == path)
    }

    @Test func pathsNameWhatTheySay() throws {
        #expect(
            try TilePath(parsing: "tile/2/x001/x234/067.p/9")
                == .tile(TileID(level: 2, index: 1_234_067), width: 9)
        )
        #expect(try TilePath(parsing: "tile/entries/001") == .entries(index: 1, width: 256))
    }

    @Test(arguments: [
        "", "/", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/x000/001",
        "tile/0/001/002", "tile/0/x001", "tile/0/x001/x002", "tile/0/001x", "tile/0/1000", "tile/0/x01/000",
        "tile/00/000", "tile/+0/000", "tile/-1/000", "tile/64/000", "tile/0x/000", "tile/0/-01", "tile/0/+01",
        "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/+1",
        "tile/0/000.p/1/", "tile/0/000/", "/tile/0/000", "tile//0/000", "tile/0//000", "tile/0/.p/1", "tile/0/000.P/1",
        "tile/0/000.p/1.p/1", "tile/entries", "tile/entries/", "tile/entries/0", "tile/entries/entries",
        "tile/data/000",
        "tiles/0/000", "TILE/0/000", "tile/0/000 ", "tile/0/000\n", "tile/0/٠٠٠", "tile/0/../000", "tile/0/000\u{301}",
        "tile/0/x018/x446/x744/x073/x709/x551/616", "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999",
    ])
    func otherSpellingsAreRefused(path: String) {
        #expect(throws: MerkleError(.malformedPath, "")) { try TilePath(parsing: path) }
    }

    @Test func widthsFollowTheTreesSize() {
        let size = TreeSize(70_000)
        #expect(TileID(level: 0, index: 272).width(in: size) == 256)
        #expect(TileID(level: 0, index: 273).width(in: size) == 112)
        #expect(TileID(level: 0, index: 274).width(in: size) == 0)
        #expect(TileID(level: 1, index: 1).width(in: size) == 17)
        #expect(TileID(level: 2, index: 0).width(in: size) == 1)
        #expect(TileID(level: 3, index: 0).width(in: size) == 0)
        #expect(TileID(level: 63, index: .max).width(in: TreeSize(.max)) == 0)
    }

    @Test func bundlesAreReadAndWritten() throws {
        for entries in [
            [[]], [[1], [], [2, 3]], Array(repeating: [7], count: 256), [[UInt8](repeating: 1, count: 65535)],
        ] {
            let bundle = try EntryBundle(entries)
            #expect(try EntryBundle(decoding: bundle.bytes) == bundle)
        }
        #expect(try EntryBundle([[1], [], [2, 3]]).bytes == [0, 1, 1, 0, 0, 0, 2, 2, 3])
    }

    @Test(arguments: [[], [0], [0, 1], [0, 0, 0], [0, 1, 9, 0, 2, 9], [255, 255, 1]] as [[UInt8]])
    func bundlesCutShortAreRefused(bytes: [UInt8]) {
        #expect(throws: MerkleError(.malformedBundle, "")) { try EntryBundle(decoding: bytes) }
    }

    @Test func bundlesBeyondTheLimitsAreRefused() {
        #expect(throws: MerkleError(.malformedBundle, "")) {
            try EntryBundle(decoding: [UInt8](repeating: 0, count: 257 * 2))
        }
        #expect(throws: MerkleError(.malformedBundle, "")) { try EntryBundle(Array(repeating: [], count: 257)) }
        #expect(throws: MerkleError(.entryTooLong, "")) { try EntryBundle([[UInt8](repeating: 0, count: 65536)]) }
    }
}
