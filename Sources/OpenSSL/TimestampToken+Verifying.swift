import COpenSSL

extension TimestampToken {
    /// The certificate of who signed, looked for among those embedded and `untrusted`.
    ///
    /// - Throws: ``OpenSSLError`` with code `.signerCertificateMissing`, or `.signatureInvalid` unless exactly one
    ///   signed.
    public func signer(untrusted: [SigningCertificate]) throws(OpenSSLError) -> SigningCertificate {
        defer { ERR_clear_error() }
        let message = TS_RESP_get_token(handle.pointer)
        guard OPENSSL_sk_num(PKCS7_get_signer_info(message)) == 1 else {
            throw OpenSSLError(.signatureInvalid, "A timestamp has exactly one signature.")
        }
        let candidates = CertificateStack(untrusted)
        guard let signers = PKCS7_get0_signers(message, candidates.pointer, 0) else {
            throw OpenSSLError(
                .signerCertificateMissing,
                "The signer's certificate is neither in the timestamp nor given beside it."
            )
        }
        defer { OPENSSL_sk_free(signers) }
        guard let signer = try CertificateStack.certificates(in: signers).first else {
            throw OpenSSLError(.signatureInvalid, "A timestamp has exactly one signature.")
        }
        return signer
    }

    /// Checks all that `openssl ts -verify -attime` checks about the signature: the signed attributes with ESSCertID
    /// (version 1 or 2), the signature, and the chain to one of `roots`.
    ///
    /// - Parameters:
    ///   - roots: Trusted. With `isPartialChainAllowed`, certificates that are not self-signed are trusted too.
    ///   - seconds: The chain is judged as of this time, seconds since 1970.
    /// - Returns: The chain, signer first, a certificate of `roots` last.
    /// - Throws: ``OpenSSLError`` with code `.signerCertificateMissing`, `.purposeNotTimestamping`,
    ///   `.certificateOutsideValidity`, `.chainUntrusted` or `.signatureInvalid`.
    public func verifiedChain(
        roots: [SigningCertificate],
        isPartialChainAllowed: Bool = false,
        untrusted: [SigningCertificate],
        atSeconds seconds: Int64
    ) throws(OpenSSLError) -> [SigningCertificate] {
        defer { ERR_clear_error() }
        let signer = try signer(untrusted: untrusted)
        guard signer.isOnlyForTimestamping else {
            throw OpenSSLError(
                .purposeNotTimestamping,
                "\(signer.subject) is no timestamp authority: extended key usage must be timeStamping alone, critical."
            )
        }
        let trust = TrustStore(roots, isPartialChainAllowed: isPartialChainAllowed, atSeconds: seconds)
        let chain = try trust.chain(from: signer, untrusted: untrusted + certificates)
        try verifySignature(trust, untrusted: untrusted)
        return chain
    }

    private func verifySignature(
        _ trust: borrowing TrustStore,
        untrusted: [SigningCertificate]
    ) throws(OpenSSLError) {
        guard hasTimestampContentType, let context = TS_VERIFY_CTX_new() else { throw Self.invalid }
        defer { TS_VERIFY_CTX_free(context) }
        TS_VERIFY_CTX_set_flags(context, Int32(TS_VFY_VERSION | TS_VFY_SIGNER | TS_VFY_SIGNATURE))
        // The context frees both.
        X509_STORE_up_ref(trust.pointer)
        TS_VERIFY_CTX_set_store(context, trust.pointer)
        TS_VERIFY_CTX_set_certs(context, CertificateStack(untrusted).release())
        guard TS_RESP_verify_response(context, handle.pointer) == 1 else { throw Self.invalid }
    }

    /// Whether the signed attribute contentType names TSTInfo, which OpenSSL's PKCS #7 code leaves unchecked.
    private var hasTimestampContentType: Bool {
        let infos = PKCS7_get_signer_info(TS_RESP_get_token(handle.pointer))
        let info = OPENSSL_sk_value(infos, 0)?.assumingMemoryBound(to: PKCS7_SIGNER_INFO.self)
        guard let attribute = PKCS7_get_signed_attribute(info, NID_pkcs9_contentType),
            attribute.pointee.type == V_ASN1_OBJECT
        else { return false }
        return OBJ_obj2nid(attribute.pointee.value.object) == NID_id_smime_ct_TSTInfo
    }

    private static let invalid = OpenSSLError(
        .signatureInvalid,
        "The timestamp's signature does not fit its content or its signer's certificate."
    )
}
