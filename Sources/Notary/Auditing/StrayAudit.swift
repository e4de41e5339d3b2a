import EvidenceStore
import MerkleLog

/// Looks for rows where no entry is: past the end of a log, of a log that is not there, and tiles that no tree has.
struct StrayAudit {
    private static let keyedByPlace: [Family] = [.entries, .records, .recordKeys, .notices, .checkpoints]

    let store: Store
    /// Entries of each log.
    let sizes: [LaneID: UInt64]
    let expectedTileCount: Int

    func check(_ report: inout AuditReport) throws {
        for family in Self.keyedByPlace {
            // A checkpoint's key ends in its size, not in an index.
            let ends = sizes.mapValues { family == .checkpoints ? $0 + 1 : $0 }
            for place in try store.strayPlaces(in: family, ends: ends) {
                report.find(
                    "A row of \(family.rawValue) is for place \(place.index) of lane \(place.lane.rawValue), "
                        + "where no entry is."
                )
            }
        }
        for (lane, _) in sizes where try store.checkpoint(atOrAfter: .empty, lane: lane)?.size == .empty {
            report.find("There is a row for a checkpoint of no entries.")
        }
        var tileCount = 0
        try store.forEachTile { lane, id, width in
            tileCount += 1
            if width > id.width(in: TreeSize(sizes[lane] ?? 0)) {
                report.find("Tile \(id) of lane \(lane.rawValue) holds more than the log's tree has.")
            }
        }
        if tileCount < expectedTileCount { report.find("\(expectedTileCount - tileCount) tiles are missing.") }
    }
}
