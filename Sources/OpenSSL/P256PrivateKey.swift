import COpenSSL

/// An ECDSA key on NIST's P-256, for signing certificates.
public struct P256PrivateKey: Sendable {
    let handle: KeyHandle

    /// A new key from the operating system's randomness.
    public static func generate() throws(OpenSSLError) -> Self {
        guard let pointer = cinnabar_generate_p256() else {
            throw OpenSSLError(.operationFailed, "OpenSSL could not make a P-256 key.")
        }
        return Self(handle: KeyHandle(owning: pointer))
    }

    private init(handle: KeyHandle) { self.handle = handle }

    /// Reads an unencrypted PKCS #8 text.
    ///
    /// - Throws: ``OpenSSLError`` with code `.malformedKey` for anything else, or a key of another kind.
    public init(pem: String) throws(OpenSSLError) {
        defer { ERR_clear_error() }
        let memory = MemoryBuffer(Array(pem.utf8))
        guard let pointer = PEM_read_bio_PrivateKey(memory.pointer, nil, refusePassword, nil) else {
            throw OpenSSLError(.malformedKey, "This text is not an unencrypted PEM private key.")
        }
        handle = KeyHandle(owning: pointer)
        guard EVP_PKEY_is_a(pointer, "EC") == 1, EVP_PKEY_get_bits(pointer) == 256 else {
            throw OpenSSLError(.malformedKey, "This private key is not one of curve P-256.")
        }
    }

    /// PKCS #8, not encrypted. Keep it where only the operator reads.
    public var pem: String {
        let memory = MemoryBuffer()
        PEM_write_bio_PrivateKey(memory.pointer, handle.pointer, nil, nil, 0, nil, nil)
        return String(decoding: memory.bytes, as: UTF8.self)
    }
}
