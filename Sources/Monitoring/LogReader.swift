import Bytes
import MerkleLog

/// Reads the tiles and bundles that a signed tree must have, whole.
///
/// Source: C2SP tlog-tiles.
struct LogReader: Sendable {
    let source: any LogSource

    /// The bytes of a tile in the tree of `size`.
    ///
    /// - Throws: ``LogAlarm`` with kind `.missing` or `.damaged`, or what the source throws.
    func tile(_ id: TileID, in size: TreeSize) async throws -> [UInt8] {
        let width = id.width(in: size)
        let path = TilePath.tile(id, width: width)
        let bytes = try await resource(path, orFull: .tile(id, width: TileID.fullWidth))
        guard bytes.count >= width * Digest256.byteCount, bytes.count % Digest256.byteCount == 0 else {
            throw LogAlarm(.damaged, "\(path.text) has \(bytes.count) bytes, which are not \(width) hashes.")
        }
        return Array(bytes.prefix(width * Digest256.byteCount))
    }

    /// The entries of bundle `index` in the tree of `size`.
    ///
    /// - Throws: ``LogAlarm`` with kind `.missing` or `.damaged`, or what the source throws.
    func entries(_ index: UInt64, in size: TreeSize) async throws -> [[UInt8]] {
        let width = TileID(level: 0, index: index).width(in: size)
        let path = TilePath.entries(index: index, width: width)
        let bytes = try await resource(path, orFull: .entries(index: index, width: TileID.fullWidth))
        let entries: [[UInt8]]
        do throws(MerkleError) {
            entries = try EntryBundle(decoding: bytes).entries
        } catch {
            throw LogAlarm(.damaged, "\(path.text) is no entry bundle: \(error.message)")
        }
        guard entries.count >= width else {
            throw LogAlarm(.damaged, "\(path.text) has \(entries.count) entries, not \(width).")
        }
        return Array(entries.prefix(width))
    }

    /// A log may delete a partial resource once the full one is there.
    private func resource(_ path: TilePath, orFull full: TilePath) async throws -> [UInt8] {
        if let bytes = try await source.resource(path) { return bytes }
        if full != path, let bytes = try await source.resource(full) { return bytes }
        throw LogAlarm(.missing, "\(path.text) is not there, though the signed checkpoint requires it.")
    }
}
