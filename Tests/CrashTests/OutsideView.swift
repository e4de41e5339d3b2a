import Bytes
import MerkleLog
import Programs
import Testing

/// The log as a stranger sees it over HTTP: its newest checkpoint, all entries and tiles, and that they belong together.
struct OutsideView {
    let note: String
    let checkpoint: Checkpoint
    /// Ids by index.
    private(set) var leaves: [LeafHash] = []
    private var tiles = FetchedTiles()

    init(of client: Client, key: VerifierKey) async throws {
        note = try await client.get("/log/checkpoint").text
        checkpoint = try Self.checkpoint(note, key)
        let size = checkpoint.size
        for level in 0...TileID.maximumLevel {
            let count = size.value >> UInt64(8 * level)
            guard count > 0 else { break }
            for index in 0...((count - 1) / UInt64(TileID.fullWidth)) {
                let id = TileID(level: level, index: index)
                tiles.tiles[id] = try await Self.resource(.tile(id, width: id.width(in: size)), client)
            }
        }
        for index in 0..<UInt64(tiles.tiles.keys.count { $0.level == 0 }) {
            let width = TileID(level: 0, index: index).width(in: size)
            let bundle = try EntryBundle(
                decoding: try await Self.resource(.entries(index: index, width: width), client)
            )
            leaves += bundle.entries.map { LeafHash(entry: $0) }
        }
    }

    /// Expects entries, tiles and checkpoint to tell one story.
    func expectConsistent() throws {
        #expect(UInt64(leaves.count) == checkpoint.size.value)
        #expect(try tiles.root(at: checkpoint.size) == checkpoint.root)
        var frontier = Frontier()
        for leaf in leaves { frontier.append(leaf) }
        #expect(frontier.root == checkpoint.root, "The entries give another root than the checkpoint's.")
    }

    static func checkpoint(_ note: String, _ key: VerifierKey) throws -> Checkpoint {
        try SignedNote(parsing: Array(note.utf8)).verifiedCheckpoint(log: key).checkpoint
    }

    private static func resource(_ path: TilePath, _ client: Client) async throws -> [UInt8] {
        let answer = try await client.get("/log/\(path.text)")
        try #require(answer.status == 200, "\(path.text): \(answer.status)")
        return answer.bytes
    }
}

/// Tiles that were fetched before they are asked for.
private struct FetchedTiles: TileSource {
    struct Missing: Error { let tile: TileID }

    var tiles: [TileID: [UInt8]] = [:]

    func tile(_ id: TileID, width: Int) throws -> [UInt8] {
        guard let bytes = tiles[id], bytes.count >= 32 * width else { throw Missing(tile: id) }
        return Array(bytes.prefix(32 * width))
    }
}
