public import Bytes
import COpenSSL

/// An X.509 certificate: of a timestamp authority, or of who vouches for one.
public struct SigningCertificate: Sendable, Equatable {
    /// Certificates past this size are refused; real ones are 1 to 3 kB.
    public static let byteLimit = 64 * 1024

    public let der: [UInt8]
    /// As RFC 2253 writes names, in UTF-8: `CN=…,O=…`.
    public let subject: String
    public let issuer: String
    /// Seconds since 1970.
    public let notBefore: Int64
    public let notAfter: Int64
    /// SHA-256 of the DER.
    public let fingerprint: Digest256
    let handle: CertificateHandle

    /// - Throws: ``OpenSSLError`` with code `.malformedCertificate` for anything but one DER certificate, to the last
    ///   byte.
    public init(der: [UInt8]) throws(OpenSSLError) {
        defer { ERR_clear_error() }
        guard der.count <= Self.byteLimit, let pointer = DER.parse(der, by: d2i_X509, free: X509_free) else {
            throw Self.malformed
        }
        try self.init(CertificateHandle(owning: pointer))
    }

    init(_ handle: CertificateHandle) throws(OpenSSLError) {
        let pointer = handle.pointer
        guard let der = DER.bytes({ i2d_X509(pointer, $0) }), der.count <= Self.byteLimit,
            let notBefore = ASN1Time.seconds(X509_get0_notBefore(pointer)),
            let notAfter = ASN1Time.seconds(X509_get0_notAfter(pointer))
        else { throw Self.malformed }
        self.handle = handle
        self.der = der
        self.notBefore = notBefore
        self.notAfter = notAfter
        subject = Self.text(X509_get_subject_name(pointer))
        issuer = Self.text(X509_get_issuer_name(pointer))
        fingerprint = SHA256.digest(of: der)
    }

    /// Whether this certificate's name, key and signature name it as the issuer of `other`.
    public func isIssuer(of other: Self) -> Bool {
        X509_check_issued(handle.pointer, other.handle.pointer) == X509_V_OK
    }

    public static func == (left: Self, right: Self) -> Bool { left.der == right.der }

    private static let malformed = OpenSSLError(.malformedCertificate, "These bytes are not one X.509 certificate.")

    private static func text(_ name: OpaquePointer?) -> String {
        let memory = MemoryBuffer()
        X509_NAME_print_ex(memory.pointer, name, 0, cinnabar_name_flags)
        return String(decoding: memory.bytes, as: UTF8.self)
    }
}
