public import Bytes
public import Evidence
public import Fingerprints
public import MerkleLog

/// An earlier registration of the same file, or of a picture close to it.
public struct Match: Sendable, Equatable {
    public enum Kind: String, Sendable {
        /// Equal SHA-256.
        case sameBytes = "same bytes"
        /// PDQ within ``Fingerprints/PDQFingerprint/nearCopyDistanceBits`` in one of the eight orientations.
        case nearCopy = "near copy (PDQ)"
    }

    public let kind: Kind
    /// Whether we saw the registered bytes, or the submitter only declared their digest. Near copies were always seen.
    public let provenance: DocumentDigest.Provenance
    /// `nil` when the registration is another account's: that it exists is shown, whose and which it is not.
    public let id: LeafHash?
    public let isYours: Bool
    /// Our clock when the registration was sequenced.
    public let registeredAt: UTCTime
    /// Of 256 bits; `nil` for equal bytes.
    public let distanceBits: Int?
    /// How the query must be turned to meet the registered picture; `nil` for equal bytes.
    public let orientation: Orientation?
    /// The declared title, of the caller's own registrations.
    public let title: String?

    public var json: JSONValue {
        [
            "kind": .string(kind.rawValue),
            "how": .string(provenance.rawValue),
            "id": id.map { .string($0.hex) } ?? .null,
            "yours": .bool(isYours),
            "registeredAt": .string(registeredAt.description),
            "distanceBits": distanceBits.map { .integer($0) } ?? .null,
            "orientation": orientation.map { .string($0.rawValue) } ?? .null,
            "title": title.map { .string($0) } ?? .null,
        ]
    }
}
