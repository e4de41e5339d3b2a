import Bytes
import EvidenceStore
import MerkleLog

/// Walks one log from its first entry to its last: puts the tree together from the entries again, and compares every
/// checkpoint's root and every stored tile with it.
struct LaneAudit {
    /// Entries in one piece of work.
    static let pieceSize: UInt64 = 2048
    /// Pieces for each worker before their results are put together: bounds memory, and keeps all cores at work.
    private static let piecesPerWorker = 8

    let entries: EntryAudit
    let size: UInt64
    let pace: AuditPace

    private var store: Store { entries.store }
    private var lane: LaneID { entries.lane }

    func check(into report: inout AuditReport, _ walk: inout AuditWalk, progress: (UInt64) -> Void) throws {
        var frontier = Frontier()
        var writer = TileWriter()
        var lastBatchTime = Int64.min
        var start: UInt64 = 0
        while start < size {
            let windowEnd = min(start + Self.pieceSize * UInt64(pace.workers * Self.piecesPerWorker), size)
            let ranges = stride(from: start, to: windowEnd, by: Int(Self.pieceSize)).map {
                $0..<min($0 + Self.pieceSize, windowEnd)
            }
            let results = try pace.map(ranges.count) { number in
                try pace.pause(ranges[number].count)
                return try entries.check(ranges[number])
            }
            for (range, result) in zip(ranges, results) {
                walk.add(result)
                report.add(result)
                guard result.leaves.count == range.count else {
                    report.find("Entries are missing in \(range); the tree is not checked from there on.")
                    return
                }
                check(result, &frontier, &lastBatchTime, &report)
                try check(writer.append(result.leaves), isLast: range.upperBound == size, &walk, &report)
                report.entries += UInt64(range.count)
                progress(UInt64(range.count))
            }
            start = windowEnd
        }
    }

    /// The checkpoints of one piece against the tree that its entries give, and against each other.
    private func check(
        _ result: EntryAudit.Result,
        _ frontier: inout Frontier,
        _ lastBatchTime: inout Int64,
        _ report: inout AuditReport
    ) {
        var checkpoints = result.checkpoints[...]
        for leaf in result.leaves {
            frontier.append(leaf)
            guard let checkpoint = checkpoints.first, checkpoint.stored.size == frontier.size else { continue }
            checkpoints.removeFirst()
            report.checkpoints += 1
            let size = checkpoint.stored.size
            if let verified = checkpoint.verified {
                if verified.root != frontier.root {
                    report.find("The checkpoint of size \(size) has another root than its entries.")
                }
            } else {
                report.find("The checkpoint of size \(size) is not signed by the log's key.")
            }
            if checkpoint.stored.batchTime < lastBatchTime {
                report.find("The batch of size \(size) is of a time before the last one's.")
            }
            lastBatchTime = max(lastBatchTime, checkpoint.stored.batchTime)
        }
    }

    private func check(
        _ batch: TileBatch,
        isLast: Bool,
        _ walk: inout AuditWalk,
        _ report: inout AuditReport
    ) throws {
        for tile in batch.changedTiles where tile.isFull || isLast {
            walk.tileCount += 1
            if try store.tile(tile.id, lane: lane) != tile.bytes {
                report.find("Tile \(tile.id) differs from its entries.")
            }
        }
        guard isLast, let head = try store.head(of: lane), head.size.value != size else { return }
        report.find("The newest checkpoint covers \(head.size) entries, and the log has \(size).")
    }
}
