import Bytes
import MerkleLog

/// Fetches every entry of a log in order, rebuilds its tree, and compares all of it with the tiles that are served
/// and with the signed root.
///
/// The tree kept between looks always ends with a full bundle, so that a partial one is fetched again whole.
struct EntryReader {
    /// Entry bundles and tiles on their way at once. The largest bundles there are take 17 MB each.
    private static let bundlesAtOnce: UInt64 = 4
    /// After so many bundles the tree is tied to the signed root and kept: 4,096 entries.
    private static let bundlesPerStep: UInt64 = 16

    private struct Bundle: Sendable {
        let index: UInt64
        let leaves: [LeafHash]
        let tile: [UInt8]
    }

    private let reader: LogReader
    private let checkpoint: Checkpoint
    private var tree: RemoteTree
    /// What was read and tied to a signed root; its size is a multiple of 256.
    private(set) var read: TileWriter

    /// - Parameter read: The tree of a size not above the checkpoint's, as read earlier.
    init(_ reader: LogReader, _ checkpoint: Checkpoint, read: TileWriter) {
        self.reader = reader
        self.checkpoint = checkpoint
        self.read = read
        tree = RemoteTree(checkpoint, reader)
    }

    /// - Parameter keep: Stores what was read so far, so that a later look goes on from there.
    /// - Throws: ``LogAlarm`` with kind `.wrongRoot`, `.damaged` or `.missing`, or what the source or `keep` throws.
    mutating func readAll(keep: (TileWriter) throws -> Void) async throws {
        let width = UInt64(TileID.fullWidth)
        // Not by adding first: a hostile size is as large as the type.
        let end = checkpoint.size.value / width + (checkpoint.size.value.isMultiple(of: width) ? 0 : 1)
        var next = read.size.value / width
        while next < end {
            try Task.checkCancellation()
            let step = next..<min(next + Self.bundlesPerStep, end)
            var (writer, lastFull) = (read, read)
            for start in stride(from: step.lowerBound, to: step.upperBound, by: Int(Self.bundlesAtOnce)) {
                let bundles = try await fetch(start..<min(start + Self.bundlesAtOnce, step.upperBound))
                for bundle in bundles {
                    try await append(bundle, to: &writer)
                    if writer.size.value.isMultiple(of: width) { lastFull = writer }
                }
            }
            guard try await tree.root(at: writer.size) == writer.root else {
                throw LogAlarm(
                    .wrongRoot,
                    "The entries \(read.size) to \(writer.size.value - 1), as served, do not lead to the signed root "
                        + "of the checkpoint of size \(checkpoint.size)."
                )
            }
            read = lastFull
            try keep(read)
            next = step.upperBound
        }
    }

    private func fetch(_ indexes: Range<UInt64>) async throws -> [Bundle] {
        let (reader, size) = (reader, checkpoint.size)
        return try await withThrowingTaskGroup(of: Bundle.self) { tasks in
            for index in indexes {
                tasks.addTask {
                    let leaves = try await reader.entries(index, in: size).map { LeafHash(entry: $0) }
                    let tile = try await reader.tile(TileID(level: 0, index: index), in: size)
                    return Bundle(index: index, leaves: leaves, tile: tile)
                }
            }
            var bundles: [Bundle] = []
            for try await bundle in tasks { bundles.append(bundle) }
            return bundles.sorted { $0.index < $1.index }
        }
    }

    /// Appends the bundle's leaves, and compares the tiles that they complete with those served, at the end of the tree
    /// also those that are partial.
    private mutating func append(_ bundle: Bundle, to writer: inout TileWriter) async throws {
        let batch = writer.append(bundle.leaves)
        let isLast = batch.size == checkpoint.size
        for tile in batch.changedTiles.filter(\.isFull) + (isLast ? writer.edgeTiles : []) {
            let served = tile.id.level == 0 ? bundle.tile : try await reader.tile(tile.id, in: checkpoint.size)
            if served != tile.bytes { throw try await difference(tile, in: bundle, of: batch) }
        }
    }

    /// Which of the two is damaged, by the signed root.
    private mutating func difference(_ tile: Tile, in bundle: Bundle, of batch: TileBatch) async throws -> LogAlarm {
        let isInTree = try await tree.root(at: batch.size) == batch.root
        let tilePath = TilePath.tile(tile.id, width: tile.width).text
        let entryPath = TilePath.entries(index: bundle.index, width: bundle.leaves.count).text
        return isInTree
            ? LogAlarm(.damaged, "\(tilePath) is not what its entries and the signed root make it.")
            : LogAlarm(.wrongRoot, "The entries in \(entryPath) are not those of the signed root.")
    }
}
