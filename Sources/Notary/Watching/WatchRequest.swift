/// What a watch is to be.
public struct WatchRequest: Sendable, Equatable {
    static let nameLimitBytes = 200

    public var name: String
    public var webhook: String?
    public var scope: Watch.Scope
    /// Half of the way to certain keeps out what geometry looked at and did not confirm.
    public var minimumScore: Double

    public init(name: String, webhook: String? = nil, scope: Watch.Scope = .own, minimumScore: Double = 0.5) {
        self.name = name
        self.webhook = webhook
        self.scope = scope
        self.minimumScore = minimumScore
    }

    /// - Throws: ``NotaryError`` with `.watchInvalid` or `.webhookRefused`.
    func check(_ hosts: WebhookHosts) throws {
        let isPlain = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        guard isPlain, !name.isEmpty, name.utf8.count <= Self.nameLimitBytes else {
            throw NotaryError(.watchInvalid, "A watch's name is 1 to 200 bytes without control characters.")
        }
        guard (0...1).contains(minimumScore) else {
            throw NotaryError(.watchInvalid, "A watch's least score lies from 0 to 1.")
        }
        if let webhook { _ = try WebhookURL(webhook, hosts: hosts) }
    }
}
