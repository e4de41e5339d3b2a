public import Evidence
public import Bytes
import EvidenceStore

/// An API token as lists show it.
public struct TokenSummary: Sendable {
    /// Enough of the digest to be unique and to be typed.
    static let idLength = 16

    /// The first digits of the token's SHA-256.
    public let id: String
    public let account: String
    public let label: String
    public let created: UTCTime
    public internal(set) var isRevoked: Bool

    init(_ token: APIToken, account: String) {
        id = String(token.digest.hex.prefix(Self.idLength))
        self.account = account
        label = token.label
        created = UTCTime(milliseconds: token.created)
        isRevoked = token.revoked != nil
    }

    public var json: JSONValue {
        [
            "id": .string(id), "account": .string(account), "label": .string(label),
            "created": .string(created.description), "revoked": .bool(isRevoked),
        ]
    }
}
