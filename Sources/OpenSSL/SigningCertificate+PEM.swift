import Bytes
import COpenSSL

extension SigningCertificate {
    /// At most so many certificates are read from one text.
    public static let listLimit = 100
    /// Ten kilobytes for each.
    public static let textLimitBytes = 1_000_000

    /// The text that `openssl` and everyone else reads: base64 in lines of 64 between two markers.
    public var pem: String {
        let memory = MemoryBuffer()
        PEM_write_bio_X509(memory.pointer, handle.pointer)
        return String(decoding: memory.bytes, as: UTF8.self)
    }

    /// All certificates of a PEM text, in its order. Text between them is skipped, as in OpenSSL's own bundles.
    ///
    /// - Throws: ``OpenSSLError`` with code `.malformedCertificate` if there is none, one is damaged, or there are more
    ///   than ``listLimit``.
    public static func list(pem: String) throws(OpenSSLError) -> [Self] {
        defer { ERR_clear_error() }
        guard pem.utf8.count <= textLimitBytes else {
            throw OpenSSLError(.malformedCertificate, "Certificates as text are at most \(textLimitBytes) bytes.")
        }
        let memory = MemoryBuffer(Array(pem.utf8))
        var certificates: [Self] = []
        while let pointer = PEM_read_bio_X509(memory.pointer, nil, refusePassword, nil) {
            certificates.append(try Self(CertificateHandle(owning: pointer)))
            guard certificates.count <= listLimit else { break }
        }
        let isAtEnd = ERR_peek_last_error() & 0x7F_FFFF == UInt(PEM_R_NO_START_LINE)
        guard isAtEnd, (1...listLimit).contains(certificates.count) else {
            throw OpenSSLError(
                .malformedCertificate,
                "This text holds no PEM certificate, a damaged one, or more than \(listLimit)."
            )
        }
        return certificates
    }
}

/// Answers OpenSSL's question for a password by none, so that an encrypted PEM never waits at a terminal.
func refusePassword(_: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32, _: UnsafeMutableRawPointer?) -> Int32 { -1 }
