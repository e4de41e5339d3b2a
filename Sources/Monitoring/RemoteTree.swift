import Bytes
import MerkleLog

/// The tree under one signed checkpoint, read tile by tile as proofs ask for them.
struct RemoteTree {
    /// 2 MiB; a proof in the tallest tree takes two tiles a level.
    private static let maximumTileCount = 256

    let checkpoint: Checkpoint
    private let reader: LogReader
    private var tiles: [TileID: [UInt8]] = [:]

    init(_ checkpoint: Checkpoint, _ reader: LogReader) {
        self.checkpoint = checkpoint
        self.reader = reader
    }

    /// The root that the tree had at `size`, tied to the checkpoint's root by a consistency proof: what the log's own
    /// signature says, whatever else the server serves.
    ///
    /// - Parameter size: At most the checkpoint's.
    /// - Throws: ``LogAlarm`` with kind `.damaged` or `.missing`, or what the source throws.
    mutating func root(at size: TreeSize) async throws -> Digest256 {
        if size == .empty { return Frontier().root }
        if size == checkpoint.size { return checkpoint.root }
        while true {
            let source = KnownTiles(tiles: tiles)
            do {
                let root = try source.root(at: size)
                let proof = try source.consistencyProof(from: size, to: checkpoint.size)
                return try proof.verify(oldRoot: root, newRoot: checkpoint.root).oldRoot
            } catch let missing as KnownTiles.Missing {
                if tiles.count >= Self.maximumTileCount { tiles.removeAll() }
                // As wide as the whole tree has it: narrower ones are its beginning.
                tiles[missing.id] = try await reader.tile(missing.id, in: checkpoint.size)
            } catch let error as MerkleError {
                throw damaged(size, error)
            }
        }
    }

    private func damaged(_ size: TreeSize, _ error: MerkleError) -> LogAlarm {
        let paths = tiles.keys.map { TilePath.tile($0, width: $0.width(in: checkpoint.size)).text }.sorted()
        return LogAlarm(
            .damaged,
            "The tiles served for the checkpoint of size \(checkpoint.size) do not lead to its root: "
                + "one of \(paths.joined(separator: ", ")) is damaged. \(error.message)"
        )
    }
}
