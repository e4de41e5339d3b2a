/// Where in the tiles a node is found.
struct NodeAddress {
    let tile: TileID
    /// Tree levels above the tile's own hashes, 0 to 7.
    let row: Int
    /// Place in the row.
    let offset: Int

    init(height: Int, index: UInt64) {
        row = height % TileID.height
        let rowBits = UInt64(TileID.height - row)
        tile = TileID(level: height / TileID.height, index: index >> rowBits)
        offset = Int(index & (1 << rowBits - 1))
    }
}
