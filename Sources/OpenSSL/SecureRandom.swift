import COpenSSL

/// Random bytes fit for keys, nonces and salts.
public enum SecureRandom {
    /// - Throws: ``OpenSSLError`` with code `.randomnessUnavailable`.
    public static func bytes(_ count: Int) throws(OpenSSLError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes_ex(nil, &bytes, count, 0) == 1 else {
            throw OpenSSLError(.randomnessUnavailable, "The operating system gave no random bytes.")
        }
        return bytes
    }
}
