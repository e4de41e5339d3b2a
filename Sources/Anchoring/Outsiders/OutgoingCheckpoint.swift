public import Bytes
import OpenSSL

/// What goes out to an outsider: one signed tree head, and what it says.
public struct OutgoingCheckpoint: Sendable, Equatable {
    public let origin: String
    /// Leaves of the tree.
    public let size: UInt64
    public let root: Digest256
    /// The bytes of `checkpoint.signed`: note text and the log's own signature line. Outsiders commit to these.
    public let signed: [UInt8]

    public init(origin: String, size: UInt64, root: Digest256, signed: [UInt8]) {
        self.origin = origin
        self.size = size
        self.root = root
        self.signed = signed
    }

    /// SHA-256 of ``signed``.
    public var signedDigest: Digest256 { SHA256.digest(of: signed) }
}
