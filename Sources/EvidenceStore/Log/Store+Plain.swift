import Bytes
public import MerkleLog

extension Store {
    /// The smallest checkpoint of a lane that covers at least `size` entries and is an entry of the top log.
    public func laneCheckpoint(atOrAfter size: TreeSize, lane: LaneID) throws(StoreError) -> LaneCheckpoint? {
        let start = Keys.checkpoint(lane, size)
        return try laneCheckpoint(Scan(.laneCheckpoints, prefix: Keys.prefix(lane), start: start, limit: 1))
    }

    /// The largest checkpoint of a lane that is an entry of the top log.
    public func latestLaneCheckpoint(of lane: LaneID) throws(StoreError) -> LaneCheckpoint? {
        try laneCheckpoint(Scan(.laneCheckpoints, prefix: Keys.prefix(lane), isDescending: true, limit: 1))
    }

    /// The places of a lane's notices, in order, from `index` on.
    public func notices(of lane: LaneID, from index: LeafIndex, limit: Int) throws(StoreError) -> [LogPosition] {
        let start = Keys.position(LogPosition(lane: lane, index: index))
        return try backend.rows(Scan(.notices, prefix: Keys.prefix(lane), start: start, limit: limit))
            .map { (row) throws(StoreError) in
                guard let position = LogPosition(endOf: row.key) else { throw .malformedRow(in: .notices) }
                return position
            }
    }

    private func laneCheckpoint(_ scan: Scan) throws(StoreError) -> LaneCheckpoint? {
        guard let row = try backend.rows(scan).first else { return nil }
        guard let place = LogPosition(endOf: row.key), row.value.count == LogPosition.byteCount,
            let position = LogPosition(endOf: row.value)
        else { throw .malformedRow(in: .laneCheckpoints) }
        return LaneCheckpoint(lane: place.lane, size: TreeSize(place.index.value), position: position)
    }
}
