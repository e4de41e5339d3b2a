public import Bytes
public import Evidence
public import EvidenceStore

/// Who asks, and how they proved it.
public struct Caller: Sendable, Equatable {
    public let account: AccountID
    public let name: String
    /// `api token`, `local command`.
    public let authentication: String

    public init(account: AccountID, name: String, authentication: String) {
        self.account = account
        self.name = name
        self.authentication = authentication
    }
}

/// A file that stays home: its digests are declared.
public struct DeclaredFile: Sendable, Equatable {
    public var sha256: Digest256
    public var sm3: Digest256?
    public var sizeBytes: UInt64?
    public var mediaType: String?

    public init(sha256: Digest256, sm3: Digest256? = nil, sizeBytes: UInt64? = nil, mediaType: String? = nil) {
        self.sha256 = sha256
        self.sm3 = sm3
        self.sizeBytes = sizeBytes
        self.mediaType = mediaType
    }
}

/// What is asked beside the file.
public struct RegistrationRequest: Sendable {
    public static let idempotencyKeyLimitBytes = 255

    public var claim: Claim
    /// Ids of records that this one follows, lower-case hex; each must be in this log.
    public var parents: [String]
    public var channel: Record.Channel
    /// What the sender says the bytes are; only used to refuse a picture that is none.
    public var declaredMediaType: String?
    public var idempotencyKey: String?

    public init(
        claim: Claim = Claim(),
        parents: [String] = [],
        channel: Record.Channel = .upload,
        declaredMediaType: String? = nil,
        idempotencyKey: String? = nil
    ) {
        self.claim = claim
        self.parents = parents
        self.channel = channel
        self.declaredMediaType = declaredMediaType
        self.idempotencyKey = idempotencyKey
    }
}
