import COpenSSL

extension P256PrivateKey {
    /// An ECDSA signature over SHA-256 of `message`, in DER, with a low `s` as Hyperledger Fabric wants it.
    ///
    /// Two signatures of the same message differ.
    public func signature(of message: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        var count = 0
        guard EVP_DigestSignInit_ex(context, nil, "SHA256", nil, nil, handle.pointer, nil) == 1,
            EVP_DigestSign(context, nil, &count, message, message.count) == 1
        else { throw Self.failed }
        var bytes = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSign(context, &bytes, &count, message, message.count) == 1,
            let signature = LowSignature.normalized(Array(bytes.prefix(count)))
        else { throw Self.failed }
        return signature
    }

    /// Whether `certificate` is for this key.
    public func isKey(of certificate: SigningCertificate) -> Bool {
        defer { ERR_clear_error() }
        return X509_check_private_key(certificate.handle.pointer, handle.pointer) == 1
    }

    private static let failed = OpenSSLError(.operationFailed, "OpenSSL could not sign with the P-256 key.")
}
