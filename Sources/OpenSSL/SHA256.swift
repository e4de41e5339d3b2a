public import Bytes
import COpenSSL

/// SHA-256 of bytes that are all there, by the CPU's own instructions, without EVP's cost for each call.
///
/// For bytes that come in pieces use ``DigestStream``.
public enum SHA256 {
    public static func digest(of bytes: [UInt8]) -> Digest256 {
        digest(prefix: 0, prefixCount: 0, bytes)
    }

    /// The digest of `prefix` followed by `bytes`: an RFC 6962 leaf hash when `prefix` is 0.
    public static func digest(prefix: UInt8, _ bytes: [UInt8]) -> Digest256 {
        digest(prefix: prefix, prefixCount: 1, bytes)
    }

    /// The digest of `prefix`, `left` and `right`, 65 bytes: an RFC 6962 node hash when `prefix` is 1. Allocates
    /// nothing.
    public static func digest(prefix: UInt8, _ left: Digest256, _ right: Digest256) -> Digest256 {
        var digest: Words = (0, 0, 0, 0)
        var (left, right) = (left.bigEndianWords, right.bigEndianWords)
        withPointer(to: &left) { left in
            withPointer(to: &right) { right in
                withPointer(to: &digest) { cinnabar_sha256_node(prefix, left, right, $0) }
            }
        }
        return Digest256(bigEndianWords: digest)
    }

    private typealias Words = (UInt64, UInt64, UInt64, UInt64)

    private static func digest(prefix: UInt8, prefixCount: Int, _ bytes: [UInt8]) -> Digest256 {
        var digest: Words = (0, 0, 0, 0)
        withPointer(to: &digest) { digest in
            bytes.withUnsafeBytes { cinnabar_sha256(prefix, prefixCount, $0.baseAddress, $0.count, digest) }
        }
        return Digest256(bigEndianWords: digest)
    }

    /// The four words as C sees them: Swift lays a tuple of one type out like an array.
    private static func withPointer(to words: inout Words, _ body: (UnsafeMutablePointer<UInt64>) -> Void) {
        withUnsafeMutableBytes(of: &words) { bytes in
            guard let base = bytes.assumingMemoryBound(to: UInt64.self).baseAddress else { return }
            body(base)
        }
    }
}
