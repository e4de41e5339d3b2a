import COpenSSL

/// Owns an `X509_STORE`: the roots that are trusted, and the time as of which chains are judged.
struct TrustStore: ~Copyable {
    let pointer: OpaquePointer

    /// - Parameters:
    ///   - purpose: What the leaf must be for, by OpenSSL's number; `nil` for anything.
    ///   - seconds: Since 1970.
    init(
        _ roots: [SigningCertificate],
        purpose: Int32? = X509_PURPOSE_TIMESTAMP_SIGN,
        isPartialChainAllowed: Bool,
        atSeconds seconds: Int64
    ) {
        guard let pointer = X509_STORE_new() else { preconditionFailure("OpenSSL could not allocate a store.") }
        self.pointer = pointer
        for root in roots { X509_STORE_add_cert(pointer, root.handle.pointer) }
        let parameters = X509_STORE_get0_param(pointer)
        X509_VERIFY_PARAM_set_time(parameters, time_t(seconds))
        X509_VERIFY_PARAM_set_auth_level(parameters, Self.leastStrength)
        if let purpose { X509_VERIFY_PARAM_set_purpose(parameters, purpose) }
        if isPartialChainAllowed { X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN)) }
    }

    deinit { X509_STORE_free(pointer) }

    /// OpenSSL's security level 1, 80 bits: chains with signatures over MD5 or SHA-1, or with RSA keys below 1,024 bits,
    /// are not believed (SSL_CTX_set_security_level(3)).
    private static let leastStrength: Int32 = 1

    /// The chain from `leaf` to a root, both included.
    ///
    /// - Throws: ``OpenSSLError`` with code `.certificateOutsideValidity`, `.purposeNotTimestamping` or
    ///   `.chainUntrusted`.
    func chain(
        from leaf: SigningCertificate,
        untrusted: [SigningCertificate]
    ) throws(OpenSSLError) -> [SigningCertificate] {
        let candidates = CertificateStack(untrusted)
        let context = X509_STORE_CTX_new()
        defer { X509_STORE_CTX_free(context) }
        guard X509_STORE_CTX_init(context, pointer, leaf.handle.pointer, candidates.pointer) == 1 else {
            throw OpenSSLError(.operationFailed, "OpenSSL could not start checking a chain of certificates.")
        }
        guard X509_verify_cert(context) == 1 else { throw Self.failure(X509_STORE_CTX_get_error(context)) }
        return try CertificateStack.certificates(in: X509_STORE_CTX_get0_chain(context))
    }

    private static func failure(_ error: Int32) -> OpenSSLError {
        let reason = String(cString: X509_verify_cert_error_string(Int(error)))
        return switch error {
        case X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID:
            OpenSSLError(
                .certificateOutsideValidity,
                "At that time a certificate of the chain was not valid: \(reason)."
            )
        case X509_V_ERR_INVALID_PURPOSE:
            OpenSSLError(.purposeNotTimestamping, "A certificate of the chain may not be used for timestamping.")
        default:
            OpenSSLError(.chainUntrusted, "No chain of certificates leads to a given root: \(reason).")
        }
    }
}
