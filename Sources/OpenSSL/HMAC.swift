public import Bytes

/// HMAC with SHA-256: shows whoever holds the same key that bytes came unchanged from one who holds it.
///
/// Source: RFC 2104. Vectors: RFC 4231.
public enum HMAC {
    private static let blockBytes = 64

    public static func sha256(of bytes: [UInt8], key: [UInt8]) -> Digest256 {
        var block = key.count > blockBytes ? SHA256.digest(of: key).bytes : key
        block += [UInt8](repeating: 0, count: blockBytes - block.count)
        let inner = SHA256.digest(of: block.map { $0 ^ 0x36 } + bytes)
        return SHA256.digest(of: block.map { $0 ^ 0x5C } + inner.bytes)
    }
}
