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
        let isLocal = host == "localhost" || host.hasSuffix(".localhost")
        let isPrivate = Self.address(host).map { !WebhookHosts.isPublic($0) } ?? false
        // What a name leads to is looked at before each post.
        guard hosts.allows(host) || !isLocal && !isPrivate else { throw NotaryError(.webhookRefused, Self.refusal) }
        self.text = text
        self.host = host
        port = parts.port ?? (scheme == "https" ? 443 : 80)
    }

    /// The four bytes of an IPv4 address in its usual spelling.
    private static func address(_ host: String) -> [UInt8]? {
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        let bytes = numbers.compactMap(\.self)
        return numbers.count == 4 && bytes.count == 4 ? bytes : nil
    }

    static let refusal =
        "The webhook leads to this machine or into a private network. The operator can allow its host by the "
        + "setting watch.webhookHosts."
}
