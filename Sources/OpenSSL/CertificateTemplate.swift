import COpenSSL

/// What is to stand in a signing certificate that we issue ourselves.
public struct CertificateTemplate: Sendable {
    /// RFC 5280's upper bound on a common name, in characters.
    public static let commonNameLimit = 64

    private let commonName: String
    private let notBefore: Int64
    private let notAfter: Int64
    private let extensions: [(name: String, value: String)]

    /// - Parameters:
    ///   - commonName: At most ``commonNameLimit`` characters.
    ///   - notBefore: Seconds since 1970.
    ///   - extensions: OpenSSL's names and values, as in its configuration files.
    public init(
        commonName: String,
        notBefore: Int64,
        notAfter: Int64,
        extensions: [(name: String, value: String)]
    ) {
        self.commonName = commonName
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.extensions = extensions
    }

    /// The certificate of `key`, signed by `issuer`, or by itself if there is none.
    public func issued(
        for key: P256PrivateKey,
        by issuer: (certificate: SigningCertificate, key: P256PrivateKey)?
    ) throws(OpenSSLError) -> SigningCertificate {
        defer { ERR_clear_error() }
        guard let pointer = X509_new() else { throw Self.failed }
        let handle = CertificateHandle(owning: pointer)
        var serial = try SecureRandom.bytes(16)
        // RFC 5280: positive, at most 20 bytes.
        serial[0] = serial[0] & 0x7F | 0x40
        let number = BN_bin2bn(serial, Int32(serial.count), nil)
        defer { BN_free(number) }
        guard X509_set_version(pointer, Int(X509_VERSION_3)) == 1,
            BN_to_ASN1_INTEGER(number, X509_get_serialNumber(pointer)) != nil,
            ASN1_TIME_set(X509_getm_notBefore(pointer), Int(notBefore)) != nil,
            ASN1_TIME_set(X509_getm_notAfter(pointer), Int(notAfter)) != nil,
            X509_NAME_add_entry_by_txt(
                X509_get_subject_name(pointer),
                "CN",
                MBSTRING_UTF8,
                commonName,
                -1,
                -1,
                0
            ) == 1,
            X509_set_issuer_name(pointer, X509_get_subject_name(issuer?.certificate.handle.pointer ?? pointer)) == 1,
            X509_set_pubkey(pointer, key.handle.pointer) == 1
        else { throw Self.failed }
        try addExtensions(to: pointer, issuer: issuer?.certificate.handle.pointer ?? pointer)
        guard X509_sign(pointer, (issuer?.key ?? key).handle.pointer, DigestAlgorithm.sha256.method) > 0 else {
            throw Self.failed
        }
        return try SigningCertificate(der: SigningCertificate(handle).der)
    }

    private func addExtensions(to pointer: OpaquePointer, issuer: OpaquePointer) throws(OpenSSLError) {
        for (name, value) in extensions {
            var context = X509V3_CTX()
            X509V3_set_ctx(&context, issuer, pointer, nil, nil, 0)
            guard let entry = X509V3_EXT_nconf(nil, &context, name, value) else { throw Self.failed }
            defer { X509_EXTENSION_free(entry) }
            guard X509_add_ext(pointer, entry, -1) == 1 else { throw Self.failed }
        }
    }

    private static let failed = OpenSSLError(.operationFailed, "OpenSSL could not issue the signing certificate.")
}
