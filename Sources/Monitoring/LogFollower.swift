import Bytes
import MerkleLog

/// Reads a log's entries from one size to another and grows the tree from them: the root that comes out follows from
/// the entries alone, whatever the log says.
struct LogFollower {
    let source: any LogSource
    let from: TreeSize
    let to: TreeSize

    /// - Parameters:
    ///   - writer: The tree of `from` entries.
    ///   - onBundle: Called with the index and the bytes of every bundle that was read, whole.
    ///   - onTile: Called with every tile that filled, then with the partial ones of the last tree.
    /// - Returns: The tree of `to` entries.
    /// - Throws: ``LogAlarm`` with kind `.missing` or `.damaged`; ``LogUnreachable``.
    func follow(
        _ writer: TileWriter,
        progress: (UInt64) -> Void,
        onBundle: (_ index: UInt64, _ bytes: [UInt8]) async throws -> Void = { _, _ in },
        onTile: (Tile) async throws -> Void
    ) async throws -> TileWriter {
        var writer = writer
        // As they are now; what of them is not full by the end is what the tree ends with.
        var partial: [TileID: Tile] = [:]
        let full = UInt64(TileID.fullWidth)
        while writer.size < to {
            try Task.checkCancellation()
            let index = writer.size.value / full
            let width = Int(min(to.value - index * full, full))
            let bytes = try await bundle(index, width: width)
            let entries = try Self.entries(of: bytes, index: index, width: width)
            let leaves = entries.dropFirst(Int(writer.size.value - index * full)).map { LeafHash(entry: $0) }
            let batch = writer.append(leaves)
            try await onBundle(index, bytes)
            for tile in batch.changedTiles {
                partial[tile.id] = tile.isFull ? nil : tile
                if tile.isFull { try await onTile(tile) }
            }
            progress(writer.size.value)
        }
        for tile in partial.values.sorted(by: { $0.id.level < $1.id.level }) { try await onTile(tile) }
        return writer
    }

    private func bundle(_ index: UInt64, width: Int) async throws -> [UInt8] {
        guard let bytes = try await source.resource(.entries(index: index, width: width)) else {
            let path = TilePath.entries(index: index, width: width).text
            throw LogAlarm(.missing, "The log does not serve \(path), which its tree has.")
        }
        return bytes
    }

    private static func entries(of bytes: [UInt8], index: UInt64, width: Int) throws -> [[UInt8]] {
        guard let entries = try? EntryBundle(decoding: bytes).entries, entries.count == width else {
            let path = TilePath.entries(index: index, width: width).text
            throw LogAlarm(.damaged, "\(path) does not hold \(width) entries.")
        }
        return entries
    }
}
