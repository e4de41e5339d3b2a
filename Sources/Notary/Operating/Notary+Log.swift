import Anchoring
import EvidenceStore
import MerkleLog

extension Notary {
    /// The newest signed note: a checkpoint that is durable and guarded.
    public var publishedCheckpoint: [UInt8] { published.current.signed }

    /// A tile or entry bundle of the published tree by its C2SP tlog-tiles path, such as `tile/0/x001/234.p/7`.
    ///
    /// - Returns: `nil` when the published tree has no such resource, or not of that width.
    /// - Throws: ``MerkleError`` for a path that is not canonical; ``StoreError``.
    public func publishedResource(_ path: String) throws -> [UInt8]? {
        let size = published.current.size
        switch try TilePath(parsing: path) {
        case .tile(let id, let width):
            guard id.width(in: size) >= width else { return nil }
            return try StoreTiles(store: store, lane: lane).tile(id, width: width)
        case .entries(let index, let width):
            guard TileID(level: 0, index: index).width(in: size) >= width else { return nil }
            let first = index * UInt64(TileID.fullWidth)
            let entries = try store.entries(in: first..<first + UInt64(width), lane: lane)
            return try EntryBundle(entries).bytes
        }
    }

    /// Answers an RFC 3161 request by the built-in authority. Always a response, a rejection for bad requests.
    public func timestampResponse(to request: [UInt8]) -> [UInt8] { authority.response(to: request) }

    /// PEM of the root that the built-in authority's tokens chain to.
    public var authorityRootPEM: String { keys.authorityCredentials.rootCertificatePEM }
}
