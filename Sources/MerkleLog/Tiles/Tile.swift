/// The stored form of a tile: `width` hashes of 32 bytes, in order. The bytes of a narrower tile are the beginning of
/// those of a wider one.
public struct Tile: Equatable, Sendable {
    public let id: TileID
    /// 32 × width bytes.
    public let bytes: [UInt8]

    /// 1 to 256.
    public var width: Int { bytes.count / 32 }
    public var isFull: Bool { width == TileID.fullWidth }
}
