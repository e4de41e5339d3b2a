public import Bytes
import OpenSSL

/// The hash that an entry has in the tree: SHA-256(0x00 ‖ entry). Its hex is a registration's id.
///
/// Source: RFC 6962, section 2.1.
public struct LeafHash: Hashable, Sendable, CustomStringConvertible {
    public let digest: Digest256

    public init(entry: [UInt8]) { digest = SHA256.digest(prefix: 0, entry) }

    /// A leaf hash computed earlier, out of a store or a proof.
    public init(_ digest: Digest256) { self.digest = digest }

    /// - Returns: `nil` unless `hex` is exactly 64 lower-case hexadecimal digits.
    public init?(hex: some StringProtocol) {
        guard let digest = Digest256(hex: hex) else { return nil }
        self.digest = digest
    }

    public var hex: String { digest.hex }
    public var description: String { hex }
}
