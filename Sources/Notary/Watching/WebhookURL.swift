import Foundation

/// Where hits may be posted: `http` or `https`, a host, nothing that carries a password.
struct WebhookURL: Sendable, Equatable {
    static let limitBytes = 2000

    let text: String
    let host: String
    let port: Int

    /// - Throws: ``NotaryError`` with `.webhookRefused`.
    init(_ text: String, hosts: WebhookHosts) throws {
        guard text.utf8.count <= Self.limitBytes, let parts = URLComponents(string: text),
            let scheme = parts.scheme?.lowercased(), scheme == "http" || scheme == "https",
            var host = parts.host?.lowercased(), !host.isEmpty, parts.user == nil, parts.password == nil,
            parts.fragment == nil, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            throw NotaryError(
                .webhookRefused,
                "A webhook is a URL of http or https with a host, and without a name, password or fragment."
            )
        }
        if host.first == "[", host.last == "]" { host = String(host.dropFirst().dropLast()) }
        guard hosts.allows(host) || host != "localhost" && !host.hasSuffix(".localhost") else {
            throw NotaryError(.webhookRefused, Self.refusal)
        }
        self.text = text
        self.host = host
        port = parts.port ?? (scheme == "https" ? 443 : 80)
    }

    static let refusal =
        "The webhook leads to this machine or into a private network. The operator can allow its host by the "
        + "setting watch.webhookHosts."
}
