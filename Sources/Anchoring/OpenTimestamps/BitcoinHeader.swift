import Bytes
import OpenSSL

/// The 80 bytes that a Bitcoin block is known by.
///
/// Source: Bitcoin developer reference, "Block Headers".
public struct BitcoinHeader: Sendable, Equatable {
    public static let byteCount = 80

    public let bytes: [UInt8]

    /// - Throws: ``OTSError`` with `.malformedHeader`.
    public init(bytes: [UInt8]) throws(OTSError) {
        guard bytes.count == Self.byteCount else {
            throw OTSError(.malformedHeader, "A block header has 80 bytes; this has \(bytes.count).")
        }
        self.bytes = bytes
    }

    /// In the order of the bytes, as a proof's messages are.
    public var merkleRoot: [UInt8] { Array(bytes[36..<68]) }
    /// As explorers show it: the other way round.
    public var displayedMerkleRoot: String { Hex.encode(merkleRoot.reversed()) }
    /// The miner's clock in seconds since 1970: after the median of eleven blocks before, and within two hours of others'.
    public var seconds: Int64 { Int64(littleEndian(at: 68)) }
    /// SHA-256 of SHA-256, as explorers show it: last byte first.
    public var hash: String { Hex.encode(hashBytes.reversed()) }

    /// Whether the hash is as low as the header itself asks for. How much work that took, `bits` says.
    public var meetsItsTarget: Bool {
        guard let target else { return false }
        return !target.lexicographicallyPrecedes(hashBytes.reversed())
    }

    /// Leading zero bits of the target: the work behind the header is about two to this power of hashes. 1 in a
    /// development chain, more than 70 in Bitcoin since 2018.
    public var workBits: Int {
        guard let target, let first = target.firstIndex(where: { $0 != 0 }) else { return 0 }
        return first * 8 + target[first].leadingZeroBitCount
    }

    /// The compact form of the target, written out in 32 bytes, most significant first.
    private var target: [UInt8]? {
        let bits = littleEndian(at: 72)
        let (length, mantissa) = (Int(bits >> 24), bits & 0x7F_FFFF)
        guard bits & 0x80_0000 == 0, mantissa != 0, (3...32).contains(length) else { return nil }
        var target = [UInt8](repeating: 0, count: 32)
        for position in 0..<3 {
            target[32 - length + position] = UInt8(truncatingIfNeeded: mantissa >> UInt32(16 - 8 * position))
        }
        return target
    }

    private var hashBytes: [UInt8] { SHA256.digest(of: SHA256.digest(of: bytes).bytes).bytes }

    private func littleEndian(at offset: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
    }
}
