public import Bytes
import OpenSSL

/// The registered file as the checker has it: its size and digests, computed where the file is.
public struct FileFacts: Sendable {
    public let sizeBytes: UInt64?
    public let sha256: Digest256?
    public let sm3: Digest256?

    public init(sizeBytes: UInt64?, sha256: Digest256?, sm3: Digest256?) {
        self.sizeBytes = sizeBytes
        self.sha256 = sha256
        self.sm3 = sm3
    }

    public init(of bytes: [UInt8]) {
        self.init(sizeBytes: UInt64(bytes.count), sha256: SHA256.digest(of: bytes), sm3: SM3.digest(of: bytes))
    }

    func digest(_ algorithm: DigestAlgorithm) -> Digest256? {
        switch algorithm {
        case .sha256: sha256
        case .sm3: sm3
        case .sha384, .sha512: nil
        }
    }
}
