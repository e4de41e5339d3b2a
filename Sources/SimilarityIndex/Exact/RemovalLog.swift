import Bytes
import OpenSSL

/// Removed entries that segments still hold, as a file that grows by one piece for each: lane (16 bits), index (64),
/// and the first bytes of their SHA-256.
enum RemovalLog {
    private static let pieceBytes = 18
    private static let checkBytes = 8

    static func piece(_ key: EntryKey) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: key.lane)
        bytes.append(bigEndian: key.index)
        return bytes + SHA256.digest(of: bytes).bytes.prefix(checkBytes)
    }

    /// - Returns: `nil` when it is damaged. Half a piece at the end was never acknowledged.
    static func keys(_ bytes: [UInt8]) -> Set<EntryKey>? {
        var reader = ByteReader(bytes)
        var keys: Set<EntryKey> = []
        while let bytes = reader.read(pieceBytes) {
            var fields = ByteReader(bytes)
            guard let lane = fields.read(bigEndian: UInt16.self), let index = fields.read(bigEndian: UInt64.self)
            else { return nil }
            let key = EntryKey(lane: lane, index: index)
            guard piece(key).elementsEqual(bytes) else { return nil }
            keys.insert(key)
        }
        return keys
    }
}
