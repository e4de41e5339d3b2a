import COpenSSL

/// Seals bytes by AES-256-GCM under a random nonce.
///
/// Sealed bytes are nonce (12) ‖ ciphertext (as long as the plaintext) ‖ tag (16). With random nonces one key must
/// seal no more than 2^32 times (NIST SP 800-38D, 8.3).
public struct AESGCMKey: Sendable {
    public static let byteCount = 32
    private static let nonceByteCount = 12
    private static let tagByteCount = 16

    /// What sealing adds to the plaintext.
    public static let overheadByteCount = nonceByteCount + tagByteCount

    private let key: [UInt8]

    /// - Throws: ``OpenSSLError`` with code `.malformedKey` unless there are 32 bytes.
    public init(_ key: [UInt8]) throws(OpenSSLError) {
        guard key.count == Self.byteCount else {
            throw OpenSSLError(.malformedKey, "An AES-256 key is \(Self.byteCount) bytes.")
        }
        self.key = key
    }

    /// - Parameter associated: Bytes that are not sealed but must be the same on opening.
    public func seal(_ plaintext: [UInt8], authenticating associated: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        let nonce = try SecureRandom.bytes(Self.nonceByteCount)
        var ciphertext = [UInt8](repeating: 0, count: plaintext.count)
        var tag = [UInt8](repeating: 0, count: Self.tagByteCount)
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        guard let plaintextCount = Int32(exactly: plaintext.count),
            let associatedCount = Int32(exactly: associated.count)
        else { throw OpenSSLError(.operationFailed, "At most 2 GiB can be sealed at once.") }
        var written: Int32 = 0
        guard EVP_EncryptInit_ex2(context, Self.method, key, nonce, nil) == 1,
            EVP_EncryptUpdate(context, nil, &written, associated, associatedCount) == 1,
            EVP_EncryptUpdate(context, &ciphertext, &written, plaintext, plaintextCount) == 1,
            EVP_EncryptFinal_ex(context, &ciphertext, &written) == 1,
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tag.count), &tag) == 1
        else { throw OpenSSLError(.operationFailed, "OpenSSL could not seal by AES-256-GCM.") }
        return nonce + ciphertext + tag
    }

    /// - Throws: ``OpenSSLError`` with code `.sealedTooShort` or `.authenticationFailed`; then no plaintext leaves.
    public func open(_ sealed: [UInt8], authenticating associated: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        guard sealed.count >= Self.overheadByteCount, let associatedCount = Int32(exactly: associated.count),
            let ciphertextCount = Int32(exactly: sealed.count - Self.overheadByteCount)
        else { throw OpenSSLError(.sealedTooShort, "Sealed bytes hold at least a nonce and a tag.") }
        let nonce = Array(sealed.prefix(Self.nonceByteCount))
        var tag = Array(sealed.suffix(Self.tagByteCount))
        let ciphertext = Array(sealed.dropFirst(Self.nonceByteCount).dropLast(Self.tagByteCount))
        var plaintext = [UInt8](repeating: 0, count: ciphertext.count)
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        var written: Int32 = 0
        guard EVP_DecryptInit_ex2(context, Self.method, key, nonce, nil) == 1,
            EVP_DecryptUpdate(context, nil, &written, associated, associatedCount) == 1,
            EVP_DecryptUpdate(context, &plaintext, &written, ciphertext, ciphertextCount) == 1,
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1,
            EVP_DecryptFinal_ex(context, &plaintext, &written) == 1
        else {
            ERR_clear_error()
            throw OpenSSLError(.authenticationFailed, "The sealed bytes, what goes with them, or the key were changed.")
        }
        return plaintext
    }

    // Safe: a fetched method is immutable and never freed.
    nonisolated(unsafe) private static let method: OpaquePointer = {
        guard let method = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil) else {
            preconditionFailure("This OpenSSL offers no AES-256-GCM; Cinnabar needs the default provider.")
        }
        return method
    }()
}
