public import Bytes
import COpenSSL

/// SM3 (GB/T 32905) of bytes that are all there. For bytes that come in pieces use ``DigestStream``.
public enum SM3 {
    public static func digest(of bytes: [UInt8]) -> Digest256 {
        var words = [UInt64](repeating: 0, count: 4)
        let isDone = bytes.withUnsafeBytes {
            cinnabar_digest_words(DigestAlgorithm.sm3.method, $0.baseAddress, $0.count, &words)
        }
        precondition(isDone == 1, "OpenSSL digests what is in memory.")
        return Digest256(bigEndianWords: (words[0], words[1], words[2], words[3]))
    }
}
