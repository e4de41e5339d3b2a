import Anchoring
import Foundation
import OpenSSL

/// A configured authority with the roots that its tokens must chain to.
struct OutsideAuthority {
    let roots: [SigningCertificate]
    let plan: OutsiderPlan

    /// - Throws: ``NotaryError`` with `.authorityFailed` when the name is taken or not plain, or the roots do not read.
    init(_ authority: NotaryConfiguration.Authority, exchange: @escaping HTTPExchange) throws {
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
        plan = OutsiderPlan(
            name: authority.name,
            kind: .timestampAuthority,
            intervalSeconds: authority.intervalSeconds,
            deadlineSeconds: authority.deadlineSeconds,
            isSelfOperated: authority.isSelfOperated
        ) { _ in
            TimestampOutsider(name: authority.name) {
                try client.request(for: $0)
            } answer: {
                try await client.timestamp(for: $0)
            }
        }
    }
}
