import COpenSSL

extension SigningCertificate {
    /// Whether both certificates are of one public key.
    public func hasKey(of other: Self) -> Bool {
        defer { ERR_clear_error() }
        guard let own = X509_get0_pubkey(handle.pointer), let theirs = X509_get0_pubkey(other.handle.pointer) else {
            return false
        }
        return EVP_PKEY_eq(own, theirs) == 1
    }
}
