import COpenSSL

extension SigningCertificate {
    /// Whether the extended key usage is timeStamping, nothing beside it, and critical (RFC 3161, 2.3), and the key
    /// usage, if stated, only signing.
    var isOnlyForTimestamping: Bool {
        // OpenSSL's own check does not see usages that it has no name for, so they are counted here.
        guard let usages = X509_get_ext_d2i(handle.pointer, NID_ext_key_usage, nil, nil).map(OpaquePointer.init) else {
            return false
        }
        defer { OPENSSL_sk_pop_free(usages) { ASN1_OBJECT_free(OpaquePointer($0)) } }
        return OPENSSL_sk_num(usages) == 1
            && X509_check_purpose(handle.pointer, X509_PURPOSE_TIMESTAMP_SIGN, 0) == 1
    }
}
