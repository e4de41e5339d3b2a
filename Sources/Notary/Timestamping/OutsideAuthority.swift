import Anchoring
import Foundation
import OpenSSL

/// A configured authority with the roots that its tokens must chain to.
struct OutsideAuthority {
    let roots: [SigningCertificate]
    let source: Timestamper.Source

    /// - Throws: ``NotaryError`` with `.authorityFailed` when the name is taken or not plain, or the roots do not read.
    init(_ authority: NotaryConfiguration.Authority, exchange: @escaping HTTPExchange) throws {
        let isPlain = authority.name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-")
        }
        guard isPlain, !authority.name.isEmpty, authority.name != Notary.selfOperatedName, authority.intervalSeconds > 0
        else {
            throw NotaryError(
                .authorityFailed,
                "An authority's name is small letters, digits and hyphens, not \"\(Notary.selfOperatedName)\", "
                    + "and its interval at least a second."
            )
        }
        guard let pem = FileManager.default.contents(atPath: authority.rootsPath),
            let roots = try? SigningCertificate.list(pem: String(decoding: pem, as: UTF8.self)), !roots.isEmpty
        else {
            throw NotaryError(
                .authorityFailed,
                "The roots of \(authority.name) in \(authority.rootsPath) do not read as PEM certificates."
            )
        }
        self.roots = roots
        let client = TimestampClient(url: authority.url, trust: .roots(roots), exchange: exchange)
        source = Timestamper.Source(name: authority.name, intervalSeconds: authority.intervalSeconds) {
            try await client.timestamp(imprint: $0)
        }
    }
}
