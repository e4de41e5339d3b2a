import COpenSSL

/// Digests that are no longer safe against collisions: computed only to follow proofs of others that use them.
public enum WeakDigest: Sendable {
    case sha1, ripemd160

    public static let byteCount = 20

    /// - Returns: 20 bytes; `nil` if this OpenSSL does not offer the digest (RIPEMD-160 before 3.0.7).
    public func digest(of bytes: [UInt8]) -> [UInt8]? {
        guard let method = EVP_MD_fetch(nil, self == .sha1 ? "SHA1" : "RIPEMD160", nil) else { return nil }
        defer { EVP_MD_free(method) }
        var digest = [UInt8](repeating: 0, count: Self.byteCount)
        let isDone = bytes.withUnsafeBytes { EVP_Digest($0.baseAddress, $0.count, &digest, nil, method, nil) }
        return isDone == 1 ? digest : nil
    }
}
