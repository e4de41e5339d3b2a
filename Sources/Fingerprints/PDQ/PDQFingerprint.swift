import Bytes

/// A PDQ fingerprint: 256 bits that stay close under resizing, recompression and mild edits of a picture.
///
/// Bit *r* × 16 + *c*, least significant first, belongs to row *r* and column *c* of the 16 × 16 transform. Text and
/// bytes run from the most significant bit to the least, as the reference prints it.
public struct PDQFingerprint: Hashable, Sendable {
    /// The name that stands in records. A change of the result would be a new name.
    public static let algorithm = "pdq-1"
    public static let byteCount = 32

    /// Fingerprints of lower quality (0 to 100) come from flat pictures and match too much: they are never indexed.
    ///
    /// Source: the reference's documentation advises to discard quality 49 and less.
    public static let indexedQualityMinimum = 50

    /// Pictures this close, or closer, are reported as "near copy (PDQ)".
    ///
    /// Source: the reference's documentation recommends 31 of 256 bits as the limit of a match.
    public static let nearCopyDistanceBits = 31

    /// Most significant first.
    public let words: SIMD4<UInt64>

    public init(words: SIMD4<UInt64>) { self.words = words }

    /// - Returns: `nil` unless `bytes` holds exactly 32 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard let digest = Digest256(bytes) else { return nil }
        let words = digest.bigEndianWords
        self.words = SIMD4(words.0, words.1, words.2, words.3)
    }

    /// - Returns: `nil` unless `hex` is exactly 64 lower-case hexadecimal digits.
    public init?(hex: some StringProtocol) {
        guard let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// 32 bytes, most significant first.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        for position in words.indices { bytes.append(bigEndian: words[position]) }
        return bytes
    }

    public var hex: String { Hex.encode(bytes) }

    /// The number of bits in which the two differ, 0 to 256.
    public func distanceBits(to other: Self) -> Int {
        let difference = words ^ other.words
        return difference.indices.reduce(0) { $0 + difference[$1].nonzeroBitCount }
    }
}

extension PDQFingerprint: CustomStringConvertible {
    public var description: String { hex }
}
