import Bytes
import OpenSSL

/// The name of something that an account keeps: when it was made, then random. Names sort by time.
public struct AccountRowID: Hashable, Sendable, CustomStringConvertible {
    static let byteCount = 16
    private static let timeByteCount = 6

    let bytes: [UInt8]

    /// - Parameter now: Milliseconds since 1970.
    /// - Throws: ``StoreError`` with code `.cryptography`.
    public init(now: Int64) throws(StoreError) {
        do {
            var time: [UInt8] = []
            time.append(bigEndian: UInt64(clamping: now))
            bytes = time.suffix(Self.timeByteCount) + (try SecureRandom.bytes(Self.byteCount - Self.timeByteCount))
        } catch {
            throw StoreError(.cryptography, "No random bytes for a name.", cause: error)
        }
    }

    /// - Returns: `nil` unless `hex` is 32 lower-case hexadecimal digits.
    public init?(hex: some StringProtocol) {
        guard let bytes = Hex.decode(hex), bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    public var hex: String { Hex.encode(bytes) }
    public var description: String { hex }

    /// Milliseconds since 1970.
    public var created: Int64 { bytes.prefix(Self.timeByteCount).reduce(0) { $0 << 8 | Int64($1) } }
}
