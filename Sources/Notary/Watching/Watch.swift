public import Bytes
public import Evidence
public import EvidenceStore

/// A watch over a feed: pictures stream in, each is looked up, and what is found is listed and told to a webhook.
public struct Watch: Sendable, Equatable {
    /// Whose registrations count.
    public enum Scope: String, Sendable, CaseIterable {
        /// The account's own.
        case own
        /// Everybody's; others' are masked, as in every search.
        case all
    }

    public let id: WatchID
    public let name: String
    /// Where hits are posted, if anywhere.
    public let webhook: String?
    public let scope: Scope
    /// Matches of a lower score, 0 to 1, are no hits.
    public let minimumScore: Double
    public let createdAt: UTCTime
    /// What posts are signed with. Shown once, when the watch is made.
    public let secret: String
    let account: AccountID

    public var json: JSONValue {
        [
            "id": .string("\(id)"), "name": .string(name), "webhook": webhook.map { .string($0) } ?? .null,
            "scope": .string(scope.rawValue), "minimumScore": .decimal(minimumScore),
            "createdAt": .string(createdAt.description),
        ]
    }

    /// With the secret: the answer to whoever made it.
    public var jsonWithSecret: JSONValue {
        guard case .object(var members) = json else { return json }
        members["secret"] = .string(secret)
        return .object(members)
    }
}

extension Watch {
    init(_ stored: StoredWatch) throws {
        let json = try JSONValue(parsing: stored.bytes)
        guard let name = json["name"]?.stringValue, let secret = json["secret"]?.stringValue,
            let scope = (json["scope"]?.stringValue).flatMap(Scope.init(rawValue:)),
            let createdAt = json["createdAt"]?.integerValue, case .number(let score) = json["minimumScore"],
            let minimumScore = Double(score)
        else { throw NotaryError(.storeFailed, "A watch in the store does not read.") }
        self.init(
            id: stored.id,
            name: name,
            webhook: json["webhook"]?.stringValue,
            scope: scope,
            minimumScore: minimumScore,
            createdAt: UTCTime(milliseconds: createdAt),
            secret: secret,
            account: stored.account
        )
    }

    /// What the store keeps of it.
    static func bytes(_ request: WatchRequest, secret: String, createdAt: UTCTime) -> [UInt8] {
        JSONValue.object([
            "name": .string(request.name), "webhook": request.webhook.map { .string($0) } ?? .null,
            "scope": .string(request.scope.rawValue), "minimumScore": .decimal(request.minimumScore),
            "createdAt": .integer(createdAt.milliseconds), "secret": .string(secret),
        ]).encoded(.compact)
    }

    /// Whether a match is what the watch looks for.
    func wants(_ match: Match) -> Bool { match.score >= minimumScore && (scope == .all || match.isYours) }
}
