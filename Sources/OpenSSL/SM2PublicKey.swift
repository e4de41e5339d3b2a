import COpenSSL

/// Checks SM2 signatures over SM3 (GB/T 32918.2), detached: OpenSSL 3.0's CMS and RFC 3161 code knows no SM2.
public struct SM2PublicKey: Sendable {
    /// What signers use who say nothing else (GB/T 35276).
    public static let standardIdentifier = "1234567812345678"

    private let handle: KeyHandle

    /// - Parameter pem: SubjectPublicKeyInfo.
    /// - Throws: ``OpenSSLError`` with code `.malformedKey` for anything but an SM2 key.
    public init(pem: String) throws(OpenSSLError) {
        defer { ERR_clear_error() }
        let memory = MemoryBuffer(Array(pem.utf8))
        guard let pointer = PEM_read_bio_PUBKEY(memory.pointer, nil, refusePassword, nil) else {
            throw OpenSSLError(.malformedKey, "This text is not a PEM public key.")
        }
        handle = KeyHandle(owning: pointer)
        guard EVP_PKEY_is_a(pointer, "SM2") == 1 else {
            throw OpenSSLError(.malformedKey, "This public key is not one of SM2.")
        }
    }

    /// - Parameters:
    ///   - signature: DER of the two integers.
    ///   - identifier: The signer's distinguishing identifier, which is digested before the message.
    public func isValidSignature(
        _ signature: [UInt8],
        for message: [UInt8],
        identifier: String = standardIdentifier
    ) -> Bool {
        let context = EVP_MD_CTX_new()
        let keyContext = EVP_PKEY_CTX_new_from_pkey(nil, handle.pointer, nil)
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_CTX_free(keyContext)
            ERR_clear_error()
        }
        EVP_MD_CTX_set_pkey_ctx(context, keyContext)
        let name = Array(identifier.utf8)
        return EVP_PKEY_CTX_set1_id(keyContext, name, Int32(name.count)) == 1
            && EVP_DigestVerifyInit_ex(context, nil, "SM3", nil, nil, handle.pointer, nil) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}
