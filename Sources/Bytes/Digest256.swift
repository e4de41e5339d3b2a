/// Thirty-two bytes that name something: a SHA-256 or SM3 digest, a leaf hash, a node of a Merkle tree.
///
/// Kept in four machine words, so that trees and indexes of millions need no heap object for each.
public struct Digest256: Hashable, Sendable {
    public static let byteCount = 32

    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// - Returns: `nil` unless `bytes` holds exactly 32 bytes.
    // Inlinable, so that callers in other modules get code for their own kind of collection.
    @inlinable
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        for (position, byte) in bytes.enumerated() {
            switch position >> 3 {
            case 0: words.0 = words.0 << 8 | UInt64(byte)
            case 1: words.1 = words.1 << 8 | UInt64(byte)
            case 2: words.2 = words.2 << 8 | UInt64(byte)
            default: words.3 = words.3 << 8 | UInt64(byte)
            }
        }
        self.init(bigEndianWords: words)
    }

    /// - Returns: `nil` unless `hex` is exactly 64 lower-case hexadecimal digits.
    public init?(hex: some StringProtocol) {
        guard let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes)
    }

    /// Four big-endian words, for callers that already hold the digest in registers.
    public init(bigEndianWords words: (UInt64, UInt64, UInt64, UInt64)) {
        self.words = words
    }

    public var bigEndianWords: (UInt64, UInt64, UInt64, UInt64) { words }

    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        append(to: &bytes)
        return bytes
    }

    /// Appends the 32 bytes in order.
    public func append(to bytes: inout [UInt8]) {
        bytes.append(bigEndian: words.0)
        bytes.append(bigEndian: words.1)
        bytes.append(bigEndian: words.2)
        bytes.append(bigEndian: words.3)
    }

    public var hex: String { Hex.encode(bytes) }

    public static func == (left: Self, right: Self) -> Bool { left.words == right.words }

    public func hash(into hasher: inout Hasher) {
        // The words are already uniform: one is enough to spread a table, two guard against chosen prefixes.
        hasher.combine(words.0)
        hasher.combine(words.3)
    }
}

extension Digest256: CustomStringConvertible {
    public var description: String { hex }
}

extension Digest256: Comparable {
    /// Order of the bytes, as a key-value store sorts them.
    public static func < (left: Self, right: Self) -> Bool { left.words < right.words }
}
