import OpenSSL

extension SelfOperatedAuthority {
    /// What the authority signs with. The root's private key is in none of it.
    public struct Credentials: Sendable {
        public let rootCertificatePEM: String
        public let certificatePEM: String
        /// Secret: PKCS #8, not encrypted.
        public let privateKeyPEM: String

        public init(rootCertificatePEM: String, certificatePEM: String, privateKeyPEM: String) {
            self.rootCertificatePEM = rootCertificatePEM
            self.certificatePEM = certificatePEM
            self.privateKeyPEM = privateKeyPEM
        }
    }

    private static let secondsPerYear: Int64 = 31_557_600
    private static let rootYears: Int64 = 20
    private static let certificateYears: Int64 = 10
    /// A clock that is set back a little must not fall before the certificates.
    private static let backdatedSeconds: Int64 = 3600

    /// New credentials for a log: a root, and a timestamping certificate that it issued before its key was thrown
    /// away.
    ///
    /// - Parameters:
    ///   - origin: The log's; names both certificates. One too long for a common name is cut and ends in `…`.
    ///   - nowSeconds: Since 1970.
    /// - Throws: ``TimestampError`` with code `.unusableCredentials` if OpenSSL cannot make keys here.
    public static func generate(origin: String, nowSeconds: Int64) throws(TimestampError) -> Credentials {
        do {
            let notBefore = nowSeconds - backdatedSeconds
            let rootKey = try P256PrivateKey.generate()
            let root = try CertificateTemplate(
                commonName: commonName(origin, "self-operated timestamping root"),
                notBefore: notBefore,
                notAfter: nowSeconds + rootYears * secondsPerYear,
                extensions: [
                    ("basicConstraints", "critical,CA:TRUE,pathlen:0"), ("keyUsage", "critical,keyCertSign,cRLSign"),
                    ("subjectKeyIdentifier", "hash"),
                ]
            ).issued(for: rootKey, by: nil)
            let key = try P256PrivateKey.generate()
            let certificate = try CertificateTemplate(
                commonName: commonName(origin, "self-operated timestamping"),
                notBefore: notBefore,
                notAfter: nowSeconds + certificateYears * secondsPerYear,
                extensions: [
                    ("basicConstraints", "critical,CA:FALSE"), ("keyUsage", "critical,digitalSignature"),
                    ("extendedKeyUsage", "critical,timeStamping"), ("subjectKeyIdentifier", "hash"),
                    ("authorityKeyIdentifier", "keyid:always"),
                ]
            ).issued(for: key, by: (root, rootKey))
            return Credentials(
                rootCertificatePEM: root.pem,
                certificatePEM: certificate.pem,
                privateKeyPEM: key.pem
            )
        } catch {
            throw TimestampError(.unusableCredentials, error.message)
        }
    }

    private static func commonName(_ origin: String, _ role: String) -> String {
        let limit = CertificateTemplate.commonNameLimit - role.unicodeScalars.count - 1
        guard origin.unicodeScalars.count > limit else { return "\(origin) \(role)" }
        return "\(String(origin.unicodeScalars.prefix(limit - 1)))… \(role)"
    }
}
