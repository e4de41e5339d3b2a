import EvidenceStore
public import MerkleLog

/// One log as the world may read it: C2SP tlog-tiles.
public struct PublishedLog: Sendable {
    let lane: Lane
    let store: Store
    /// Whether it is the one that outsiders see.
    public let isOutgoing: Bool

    public var origin: String { lane.origin }

    /// Number of the lane, or `nil` for the log that outsiders see.
    public var laneNumber: UInt16? { isOutgoing ? nil : lane.id.rawValue }

    /// The newest signed note: a checkpoint that is durable and guarded.
    public var checkpoint: [UInt8] { lane.published.current.signed }

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
