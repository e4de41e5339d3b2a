/// Which tile: the level counts tiles upwards from the leaves, the index counts along a level.
public struct TileID: Hashable, Sendable, CustomStringConvertible {
    /// Hashes in a full tile.
    public static let fullWidth = 256
    /// Tree levels that one tile spans: log₂ of ``fullWidth``.
    static let height = 8
    /// What tlog-tiles allows in a path; a tree of 2⁶⁴ leaves reaches level 7.
    public static let maximumLevel = 63

    public let level: Int
    public let index: UInt64

    /// - Parameter level: 0 to ``maximumLevel``.
    public init(level: Int, index: UInt64) {
        precondition(0...Self.maximumLevel ~= level, "A tile's level is 0 to 63.")
        self.level = level
        self.index = index
    }

    /// How many hashes this tile has in a tree of `size`: 0 when it is not there, 256 when it is full.
    public func width(in size: TreeSize) -> Int {
        let shift = UInt64(Self.height * level)
        let levelWidth = shift < UInt64.bitWidth ? size.value >> shift : 0
        let (before, overflow) = index.multipliedReportingOverflow(by: UInt64(Self.fullWidth))
        guard !overflow, levelWidth > before else { return 0 }
        return Int(min(levelWidth - before, UInt64(Self.fullWidth)))
    }

    public var description: String { TilePath.tile(self, width: Self.fullWidth).text }
}
