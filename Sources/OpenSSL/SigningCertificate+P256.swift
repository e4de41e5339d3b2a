import COpenSSL

extension SigningCertificate {
    /// Checks an ECDSA signature over SHA-256 of `message` by this certificate's key on P-256.
    ///
    /// - Throws: ``OpenSSLError`` with code `.malformedKey` if the key is of another kind, or `.signatureInvalid`; also
    ///   for a signature with a high `s` or in another encoding than DER, which Hyperledger Fabric refuses too.
    public func verifyLowSignature(_ signature: [UInt8], of message: [UInt8]) throws(OpenSSLError) {
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        guard let key = X509_get0_pubkey(handle.pointer), EVP_PKEY_is_a(key, "EC") == 1, Self.isOnP256(key) else {
            throw OpenSSLError(.malformedKey, "\(subject) has no key on curve P-256.")
        }
        guard LowSignature.isOne(signature) else {
            throw OpenSSLError(.signatureInvalid, "The signature is not in DER with a low s.")
        }
        guard EVP_DigestVerifyInit_ex(context, nil, "SHA256", nil, nil, key, nil) == 1,
            EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        else {
            throw OpenSSLError(.signatureInvalid, "The signature does not fit what it is said to sign.")
        }
    }

    /// The chain from this certificate to one of `roots`, both included, as of a time.
    ///
    /// - Parameters:
    ///   - roots: Trusted, also those that are not signed by themselves.
    ///   - intermediates: May stand between, and are not trusted.
    ///   - seconds: Since 1970.
    /// - Throws: ``OpenSSLError`` with code `.certificateOutsideValidity` or `.chainUntrusted`.
    public func chain(
        toOneOf roots: [Self],
        by intermediates: [Self] = [],
        atSeconds seconds: Int64
    ) throws(OpenSSLError) -> [Self] {
        defer { ERR_clear_error() }
        let trust = TrustStore(roots, purpose: nil, isPartialChainAllowed: true, atSeconds: seconds)
        return try trust.chain(from: self, untrusted: intermediates)
    }

    private static func isOnP256(_ key: OpaquePointer) -> Bool {
        var name = [CChar](repeating: 0, count: 80)
        var count = 0
        return EVP_PKEY_get_group_name(key, &name, name.count, &count) == 1
            && String(decoding: name.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self) == "prime256v1"
    }
}
