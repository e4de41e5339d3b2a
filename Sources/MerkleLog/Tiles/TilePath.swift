/// The path of a log's resource below its prefix, in its one canonical spelling.
///
/// `tile/<level>/<index>[.p/<width>]` and `tile/entries/<index>[.p/<width>]`; the index in groups of three digits, all
/// but the last with an `x` before: 1234067 is `x001/x234/067`. The width is absent when it is 256.
///
/// Source: C2SP tlog-tiles.
public enum TilePath: Hashable, Sendable {
    case tile(TileID, width: Int)
    case entries(index: UInt64, width: Int)

    /// Above the longest path there is: 20 digits of index in groups, and the words around them.
    private static let maximumLength = 64

    /// - Throws: ``MerkleError`` with code `.malformedPath`.
    public init(parsing text: some StringProtocol) throws(MerkleError) {
        // Reading forgives zeros and grouping; writing has one spelling, and the text must be that.
        guard text.utf8.count <= Self.maximumLength, let path = Self.parse(String(text)),
            path.text.utf8.elementsEqual(text.utf8)
        else {
            throw MerkleError(.malformedPath, "Not the path of a tile or an entry bundle.")
        }
        self = path
    }

    public var text: String {
        switch self {
        case .tile(let id, let width): "tile/\(id.level)/\(Self.text(index: id.index, width: width))"
        case .entries(let index, let width): "tile/entries/\(Self.text(index: index, width: width))"
        }
    }

    private static func text(index: UInt64, width: Int) -> String {
        let digits = String(index)
        let padded = String(repeating: "0", count: (3 - digits.count % 3) % 3) + digits
        var groups: [String] = []
        var rest = padded[...]
        while !rest.isEmpty {
            groups.append((rest.count > 3 ? "x" : "") + rest.prefix(3))
            rest = rest.dropFirst(3)
        }
        return groups.joined(separator: "/") + (width == TileID.fullWidth ? "" : ".p/\(width)")
    }

    private static func parse(_ text: String) -> Self? {
        var parts = text.split(separator: "/" as Character)
        var width = TileID.fullWidth
        if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
            guard let value = Int(parts.removeLast()), 1..<TileID.fullWidth ~= value else { return nil }
            width = value
            parts.append(parts.removeLast().dropLast(2))
        }
        guard parts.count >= 3, parts[0] == "tile" else { return nil }
        guard let index = UInt64(parts.dropFirst(2).joined().filter { $0 != "x" }) else { return nil }
        if parts[1] == "entries" { return .entries(index: index, width: width) }
        guard let level = Int(parts[1]), 0...TileID.maximumLevel ~= level else { return nil }
        return .tile(TileID(level: level, index: index), width: width)
    }
}
