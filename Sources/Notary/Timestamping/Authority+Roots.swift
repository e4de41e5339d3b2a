import Foundation
public import OpenSSL

extension NotaryConfiguration.Authority {
    /// The certificates of ``rootsPath``.
    ///
    /// - Throws: ``NotaryError`` with code `.authorityFailed`.
    public func roots() throws -> [SigningCertificate] {
        guard let pem = FileManager.default.contents(atPath: rootsPath),
            let roots = try? SigningCertificate.list(pem: String(decoding: pem, as: UTF8.self)), !roots.isEmpty
        else {
            throw NotaryError(.authorityFailed, "The roots of \(name) in \(rootsPath) do not read as PEM certificates.")
        }
        return roots
    }
}
