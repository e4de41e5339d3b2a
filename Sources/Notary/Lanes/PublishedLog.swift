import EvidenceStore
public import MerkleLog

/// One log as the world may read it: C2SP tlog-tiles.
public struct PublishedLog: Sendable {
    let lane: Lane
    let store: Store
    /// Whether it is the one that outsiders see.
    public let isOutgoing: Bool
    let witnesses: Witnesses?

    public var origin: String { lane.origin }

    /// Number of the lane, or `nil` for the log that outsiders see.
    public var laneNumber: UInt16? { isOutgoing ? nil : lane.id.rawValue }

    /// The newest signed note: a checkpoint that is durable and guarded, with the cosignatures that it has by now.
    public var checkpoint: [UInt8] {
        let head = lane.published.current
        // Cosignatures add to a checkpoint; without them it is still one.
        return (try? store.cosigned(head, lane: lane.id)) ?? head.signed
    }

    /// The newest checkpoint whose cosignatures meet the policy over witnesses; `nil` when there is none.
    ///
    /// - Throws: ``StoreError``.
    public func witnessedCheckpoint() throws -> [UInt8]? {
        guard isOutgoing, let size = witnesses?.witnessedSize, size > .empty,
            let checkpoint = try store.checkpoint(ofSize: size, lane: lane.id)
        else { return nil }
        return try store.cosigned(checkpoint, lane: lane.id)
    }

    /// Entries in ``checkpoint``.
    public var size: TreeSize { lane.published.current.size }

    /// A tile or entry bundle of the published tree by its C2SP tlog-tiles path, such as `tile/0/x001/234.p/7`.
    ///
    /// - Returns: `nil` when the published tree has no such resource, or not of that width.
    /// - Throws: ``MerkleError`` for a path that is not canonical; ``StoreError``.
    public func resource(_ path: String) throws -> [UInt8]? {
        let size = size
        switch try TilePath(parsing: path) {
        case .tile(let id, let width):
            guard id.width(in: size) >= width else { return nil }
            return try StoreTiles(store: store, lane: lane.id).tile(id, width: width)
        case .entries(let index, let width):
            guard TileID(level: 0, index: index).width(in: size) >= width else { return nil }
            let first = index * UInt64(TileID.fullWidth)
            let entries = try store.entries(in: first..<first + UInt64(width), lane: lane.id)
            return try EntryBundle(entries).bytes
        }
    }
}
