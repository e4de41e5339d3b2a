/// Where tiles are read from: a store, a folder, a web server.
public protocol TileSource: Sendable {
    /// The first `width` hashes of a tile, exactly 32 × `width` bytes; a wider tile's bytes are cut.
    ///
    /// - Parameter width: 1 to 256.
    /// - Throws: What went wrong, when the tile is not there or is narrower.
    func tile(_ id: TileID, width: Int) throws -> [UInt8]
}
