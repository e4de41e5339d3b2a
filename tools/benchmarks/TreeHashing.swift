import Evidence
import MerkleLog
import OpenSSL

/// The least that a log of so many entries has to hash: each entry and the tree over them.
enum TreeHashing {
    private static let batchSize = 4096

    /// Leaves per second, on one core.
    static func perSecond(leaves count: Int) -> Double {
        let entry = [UInt8](repeating: 0x20, count: Entry.byteCount)
        var writer = TileWriter()
        let start = ContinuousClock.now
        for first in stride(from: 0, to: count, by: batchSize) {
            _ = writer.append((first..<min(first + batchSize, count)).map { _ in LeafHash(entry: entry) })
        }
        return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
    }
}
