import Anchoring
import MerkleLog
import OpenSSL

/// A log in memory that signs what it is asked to, honest or not.
final class TestLog: Sendable {
    private struct Tiles: TileSource {
        let tiles: [TileID: [UInt8]]
        struct Missing: Error {}
        func tile(_ id: TileID, width: Int) throws -> [UInt8] {
            guard let bytes = tiles[id], bytes.count >= 32 * width else { throw Missing() }
            return Array(bytes.prefix(32 * width))
        }
    }

    let key: SignerKey
    private let tiles: Tiles

    /// - Parameter fork: From which leaf on this log's leaves are others than those of a log without it.
    init(_ origin: String = "log.example/a", seed: UInt8 = 1, leaves: Int = 1000, fork: Int = .max) throws {
        key = try Self.key(origin, seed: seed)
        var writer = TileWriter()
        let hashes = (0..<leaves).map { LeafHash(entry: Array("leaf \($0)\($0 >= fork ? " forked" : "")".utf8)) }
        var tiles: [TileID: [UInt8]] = [:]
        for tile in writer.append(hashes).changedTiles { tiles[tile.id] = tile.bytes }
        self.tiles = Tiles(tiles: tiles)
    }

    static func key(_ origin: String, seed: UInt8) throws -> SignerKey {
        try SignerKey(name: origin, privateKey: Ed25519PrivateKey(seed: [UInt8](repeating: seed, count: 32)))
    }

    func checkpoint(_ size: UInt64) throws -> Checkpoint {
        try Checkpoint(origin: key.name, size: TreeSize(size), root: tiles.root(at: TreeSize(size)))
    }

    func request(_ oldSize: UInt64, _ size: UInt64, signedBy other: SignerKey? = nil) throws -> AddCheckpointRequest {
        let note = try checkpoint(size).signed(by: other ?? key)
        let hasProof = oldSize > 0 && oldSize <= size
        let proof = hasProof ? try tiles.consistencyProof(from: TreeSize(oldSize), to: TreeSize(size)).hashes : []
        return try AddCheckpointRequest(oldSize: TreeSize(oldSize), proof: proof, checkpoint: note)
    }
}
