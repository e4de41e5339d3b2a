public import Bytes
public import OpenSSL

/// What was registered: the fields of `record.json` (format `record-1`).
///
/// The encoded bytes are the truth: made once, hashed, stored and returned as they were. Whoever reads a record keeps
/// its bytes beside it and never encodes it again.
public struct Record: Sendable, Equatable {
    public static let format = "record-1"
    /// Far above any record of this version, far below what a verifier could be choked with.
    public static let sizeLimitBytes = 1 << 18
    public static let saltByteCount = 16
    public static let parentLimit = 64

    /// How the registration reached us.
    public enum Channel: String, Sendable {
        case upload
        case archiveImport = "import"
        case digestOnly = "digest only"
    }

    /// The registered file as we know it. Of a digest-only registration the size may be unknown.
    public struct File: Sendable, Equatable {
        public var sizeBytes: UInt64?
        public var mediaType: String?

        public init(sizeBytes: UInt64?, mediaType: String?) {
            self.sizeBytes = sizeBytes
            self.mediaType = mediaType
        }
    }

    /// What the decoder saw: dimensions as displayed, and the name of the path that made the luma plane.
    public struct Picture: Sendable, Equatable {
        public var widthPixels: Int
        public var heightPixels: Int
        public var decodePath: String

        public init(widthPixels: Int, heightPixels: Int, decodePath: String) {
            self.widthPixels = widthPixels
            self.heightPixels = heightPixels
            self.decodePath = decodePath
        }
    }

    /// A fingerprint by the algorithm's versioned name: its value in lower-case hexadecimal, an ISCC unit's as its code.
    public struct Fingerprint: Sendable, Equatable {
        public var algorithm: String
        public var value: String
        /// 0 to 100 for `pdq-1`, 100 for what has no quality.
        public var quality: Int

        public init(algorithm: String, value: String, quality: Int) {
            self.algorithm = algorithm
            self.value = value
            self.quality = quality
        }
    }

    /// Who submitted, as this operator knows them, and how they proved it.
    public struct Submitter: Sendable, Equatable {
        public var account: String
        public var authentication: String

        public init(account: String, authentication: String) {
            self.account = account
            self.authentication = authentication
        }
    }

    public var digests: [DocumentDigest]
    public var file: File
    public var picture: Picture?
    public var document: Document?
    public var fingerprints: [Fingerprint]
    public var claim: Claim
    public var submitter: Submitter
    public var channel: Channel
    /// Name and version of the program that wrote the record.
    public var software: String
    /// Received, by our own clock.
    public var receivedAt: UTCTime
    /// Ids of records that this one follows, lower-case hex.
    public var parents: [String]
    /// Keeps two records of the same facts apart, and hides a record's contents behind its public digest.
    public var salt: [UInt8]

    public init(
        digests: [DocumentDigest],
        file: File,
        picture: Picture? = nil,
        document: Document? = nil,
        fingerprints: [Fingerprint] = [],
        claim: Claim,
        submitter: Submitter,
        channel: Channel,
        software: String,
        receivedAt: UTCTime,
        parents: [String] = [],
        salt: [UInt8]
    ) {
        self.digests = digests
        self.file = file
        self.picture = picture
        self.document = document
        self.fingerprints = fingerprints
        self.claim = claim
        self.submitter = submitter
        self.channel = channel
        self.software = software
        self.receivedAt = receivedAt
        self.parents = parents
        self.salt = salt
    }

    public func digest(_ algorithm: DigestAlgorithm) -> DocumentDigest? {
        digests.first { $0.algorithm == algorithm }
    }
}
