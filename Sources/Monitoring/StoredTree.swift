import Bytes
import MerkleLog
import OpenSSL

/// The right edge of a tree as a small text: a header, the size, the partial tile of each level in base64, and the
/// SHA-256 of all that, so that a damaged file is never taken for a damaged log.
enum StoredTree {
    private static let header = "cinnabar-monitor-tree-1"

    static func encoded(_ tree: TileWriter) -> [UInt8] {
        let tiles = tree.edgeTiles.map { Base64.encode($0.bytes) }
        let text = ([header, tree.size.description] + tiles).map { $0 + "\n" }.joined()
        return Array((text + SHA256.digest(of: Array(text.utf8)).hex + "\n").utf8)
    }

    /// - Returns: `nil` for anything but what ``encoded(_:)`` wrote.
    static func decoded(_ bytes: [UInt8]) -> TileWriter? {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        guard lines.count >= 3, lines[0] == header, let size = TreeSize(parsing: lines[1]) else { return nil }
        let text = lines.dropLast().map { $0 + "\n" }.joined()
        guard lines.last == SHA256.digest(of: Array(text.utf8)).hex else { return nil }
        let tiles = lines[2..<(lines.count - 1)].compactMap { Base64.decode($0) }
        guard tiles.count == lines.count - 3 else { return nil }
        return try? TileWriter(size: size, from: EdgeTiles(size: size, tiles: tiles))
    }
}
