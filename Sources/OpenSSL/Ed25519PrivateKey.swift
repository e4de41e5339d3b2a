import COpenSSL

/// Signs by Ed25519 (RFC 8032).
public struct Ed25519PrivateKey: Sendable {
    public static let seedByteCount = 32

    /// The 32 secret bytes that the key is made from. Never log them.
    public let seed: [UInt8]
    public let publicKey: Ed25519PublicKey
    private let handle: KeyHandle

    /// - Throws: ``OpenSSLError`` with code `.malformedKey` unless `seed` is 32 bytes.
    public init(seed: [UInt8]) throws(OpenSSLError) {
        var publicBytes = [UInt8](repeating: 0, count: Ed25519PublicKey.byteCount)
        var publicCount = publicBytes.count
        guard seed.count == Self.seedByteCount,
            let pointer = EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, seed, seed.count)
        else { throw OpenSSLError(.malformedKey, "An Ed25519 seed is \(Self.seedByteCount) bytes.") }
        handle = KeyHandle(owning: pointer)
        guard EVP_PKEY_get_raw_public_key(pointer, &publicBytes, &publicCount) == 1 else {
            throw OpenSSLError(.operationFailed, "OpenSSL gave no public key for an Ed25519 seed.")
        }
        self.seed = seed
        publicKey = try Ed25519PublicKey(rawRepresentation: publicBytes)
    }

    /// A new key from the operating system's randomness.
    public static func generate() throws(OpenSSLError) -> Self {
        try Self(seed: SecureRandom.bytes(seedByteCount))
    }

    /// 64 bytes; the same for the same message every time.
    public func signature(for message: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: Ed25519PublicKey.signatureByteCount)
        var count = signature.count
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestSignInit_ex(context, nil, nil, nil, nil, handle.pointer, nil) == 1,
            EVP_DigestSign(context, &signature, &count, message, message.count) == 1, count == signature.count
        else { throw OpenSSLError(.operationFailed, "OpenSSL could not sign by Ed25519.") }
        return signature
    }
}
