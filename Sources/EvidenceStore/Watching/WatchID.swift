import Bytes
import OpenSSL

/// Random name of a watch over a feed of pictures.
public struct WatchID: Hashable, Sendable, CustomStringConvertible {
    public static let byteCount = 16

    let bytes: [UInt8]

    /// `nil` unless there are 16 bytes.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// `nil` unless `hex` is 32 lower-case hexadecimal digits.
    public init?(hex: some StringProtocol) {
        guard let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes)
    }

    public static func random() throws(StoreError) -> Self {
        do {
            guard let id = Self(try SecureRandom.bytes(byteCount)) else { preconditionFailure("As many as asked for.") }
            return id
        } catch {
            throw StoreError(.cryptography, "No random bytes for a watch's name.", cause: error)
        }
    }

    public var description: String { Hex.encode(bytes) }
}
