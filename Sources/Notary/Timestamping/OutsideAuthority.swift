import Anchoring
import OpenSSL

/// A configured authority with the roots that its tokens must chain to.
struct OutsideAuthority {
    let roots: [SigningCertificate]
    let plan: OutsiderPlan

    /// - Throws: ``NotaryError`` with `.authorityFailed` when the name is taken or not plain, or the roots do not read.
    init(
        _ authority: NotaryConfiguration.Authority,
        clock: @escaping @Sendable () -> Int64,
        exchange: @escaping HTTPExchange
    ) throws {
        roots = try authority.roots()
        let client = try TimestampClient(authority, clock: clock, exchange: exchange)
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
