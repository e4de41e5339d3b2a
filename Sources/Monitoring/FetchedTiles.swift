import MerkleLog
import Synchronization

/// Tiles of a log at hand, for the code that computes with them: what it misses is fetched, and it is run again.
final class FetchedTiles: TileSource {
    private struct Missing: Error {
        let id: TileID
        let width: Int
    }

    private let source: any LogSource
    private let tiles = Mutex<[TileID: [UInt8]]>([:])

    init(_ source: any LogSource) { self.source = source }

    func tile(_ id: TileID, width: Int) throws -> [UInt8] {
        guard let bytes = tiles.withLock({ $0[id] }), bytes.count >= 32 * width else {
            throw Missing(id: id, width: width)
        }
        return Array(bytes.prefix(32 * width))
    }

    /// Runs `work` until it has all tiles that it asks for: one more for each run, and never one twice.
    ///
    /// - Throws: ``LogAlarm`` with kind `.missing` when the log has not a tile of its own tree; ``LogUnreachable``;
    ///   what `work` throws.
    func supply<Result>(_ work: (FetchedTiles) throws -> Result) async throws -> Result {
        while true {
            do {
                return try work(self)
            } catch let missing as Missing {
                let bytes = try await fetch(missing.id, width: missing.width)
                tiles.withLock { $0[missing.id] = bytes }
            }
        }
    }

    /// A log may drop a partial tile once it is full: then the full one is asked for.
    private func fetch(_ id: TileID, width: Int) async throws -> [UInt8] {
        for width in width == TileID.fullWidth ? [width] : [width, TileID.fullWidth] {
            guard let bytes = try await source.resource(.tile(id, width: width)) else { continue }
            guard bytes.count == 32 * width else {
                throw LogAlarm(.damaged, "The log serves \(id) with \(bytes.count) bytes instead of \(32 * width).")
            }
            return bytes
        }
        throw LogAlarm(.missing, "The log does not serve \(id) of width \(width), which its tree has.")
    }
}
