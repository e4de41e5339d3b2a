import Anchoring
import OpenSSL

/// The authorities that renewals may be stamped by: configured outside ones, in the order of the configuration, and the
/// built-in one when it is named.
struct RenewalStamper: Sendable {
    /// One authority's part.
    struct Source: Sendable {
        let name: String
        let stamp: @Sendable (TimestampImprint) async throws -> VerifiedTimestamp
    }

    let sources: [Source]

    /// - Throws: ``NotaryError`` with code `.authorityFailed` when an authority's roots do not read.
    init(
        _ configuration: NotaryConfiguration,
        selfOperated: SelfOperatedAuthority,
        clock: @escaping @Sendable () -> Int64,
        exchange: @escaping HTTPExchange
    ) throws {
        let outside = try configuration.authorities.map { authority in
            let client = try TimestampClient(authority, clock: clock, exchange: exchange)
            return Source(name: authority.name) { try await client.timestamp(imprint: $0) }
        }
        let own = Source(name: Notary.selfOperatedName) { imprint in
            let request = TimestampRequest(imprint: imprint, nonce: nil)
            return try UnverifiedTimestamp(response: selfOperated.response(to: request.der()))
                .verified(imprint: imprint, request: request, trust: .roots([selfOperated.root]))
        }
        sources = outside + [own]
    }

    /// - Throws: ``NotaryError`` with code `.authorityFailed` when there is none, or none answers.
    func stamp(_ imprint: TimestampImprint, by name: String?) async throws -> (String, VerifiedTimestamp) {
        // Our own word does not make an outsider's last longer unless the operator says that it shall.
        let named = sources.filter { $0.name == name ?? $0.name && (name != nil || $0.name != Notary.selfOperatedName) }
        var failure =
            "There is no such authority in timestamps.authorities. Configure one, or renew by the built-in one "
        failure += "with --authority \(Notary.selfOperatedName), which proves order and no date."
        for source in named {
            do {
                return (source.name, try await source.stamp(imprint))
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                failure = "\(source.name): \((error as? TimestampError)?.message ?? "it could not be reached.")"
            }
        }
        throw NotaryError(.authorityFailed, "No authority gave a timestamp to renew by. \(failure)")
    }
}

extension TimestampClient {
    /// A client of a configured authority.
    ///
    /// - Throws: ``NotaryError`` with code `.authorityFailed` when its roots do not read.
    init(
        _ authority: NotaryConfiguration.Authority,
        clock: @escaping @Sendable () -> Int64,
        exchange: @escaping HTTPExchange
    ) throws {
        self.init(
            url: authority.url,
            trust: .roots(try authority.roots()),
            demands: authority.demands,
            clock: clock,
            exchange: exchange
        )
    }
}
