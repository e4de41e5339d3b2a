extension [UInt8] {
    /// Appends the integer's bytes, most significant first.
    @inlinable
    public mutating func append<Integer: FixedWidthInteger & UnsignedInteger>(bigEndian value: Integer) {
        for shift in stride(from: Integer.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: value >> Integer(shift)))
        }
    }
}

/// Reads fixed layouts from untrusted bytes without ever leaving them. Every read answers `nil` past the end.
public struct ByteReader: Sendable {
    @usableFromInline let bytes: ArraySlice<UInt8>
    @usableFromInline var position: Int

    public init(_ bytes: [UInt8]) { self.init(bytes[...]) }

    public init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    @inlinable
    public var remainingCount: Int { bytes.endIndex - position }
    public var isAtEnd: Bool { remainingCount == 0 }

    @inlinable
    public mutating func read(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= remainingCount else { return nil }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// A big-endian unsigned integer.
    @inlinable
    public mutating func read<Integer: FixedWidthInteger & UnsignedInteger>(
        bigEndian: Integer.Type
    ) -> Integer? {
        guard let bytes = read(Integer.bitWidth / 8) else { return nil }
        return bytes.reduce(0) { $0 << 8 | Integer(truncatingIfNeeded: $1) }
    }

    /// A little-endian unsigned integer.
    @inlinable
    public mutating func read<Integer: FixedWidthInteger & UnsignedInteger>(
        littleEndian: Integer.Type
    ) -> Integer? {
        guard let bytes = read(Integer.bitWidth / 8) else { return nil }
        return bytes.reversed().reduce(0) { $0 << 8 | Integer(truncatingIfNeeded: $1) }
    }

    public mutating func readDigest() -> Digest256? { read(Digest256.byteCount).flatMap(Digest256.init) }
}
