public import Bytes
public import Evidence
public import EvidenceStore
public import Fingerprints
public import MerkleLog
public import SimilarityIndex

/// An earlier registration of the same file, of the same picture, or of one that shares a part with it.
public struct Match: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Equal SHA-256.
        case sameBytes = "same bytes"
        /// Other bytes that show the same picture: equal size, PDQ distance 0, and reduced pictures that are equal byte
        /// for byte. So is a picture whose metadata was changed, or that was saved again without loss.
        case samePixels = "same pixels"
        /// PDQ within ``Fingerprints/PDQFingerprint/nearCopyDistanceBits`` in one of the eight orientations; geometry
        /// says the same, nothing, or nothing yet: ``Match/geometry``.
        case nearCopyByPDQ = "near copy (PDQ)"
        /// Geometry alone says so: ``SimilarityIndex/CopyVerdict/Kind``.
        case nearCopy = "near copy"
        case mirrored
        case rotated
        case crop
        case composite = "part of a composite"
        /// Documents with much of their wording in common.
        case nearCopyByText = "near copy (text)"
        /// A page of a scanned document within PDQ's near-copy distance.
        case page = "page of a scan (PDQ)"
    }

    /// What geometry says of a picture that another method, or geometry itself, came upon.
    public enum Geometry: Sendable, Equatable {
        /// It has not looked: one of the two is no picture, was registered before there were sketches, or was erased.
        case notLooked
        /// It looked and cannot confirm the match.
        case notConfirmed
        case confirmed(CopyVerdict)

        public var verdict: CopyVerdict? { if case .confirmed(let verdict) = self { verdict } else { nil } }
    }

    /// Where the registration stands in the logs. Never shown: it would tell whose it is.
    public let position: LogPosition
    public let isSameBytes: Bool
    /// See ``Kind/samePixels``.
    public let isSamePixels: Bool
    /// Whether we saw the registered bytes, or the submitter only declared their digest. Pictures were always seen.
    public let provenance: Evidence.DocumentDigest.Provenance
    /// `nil` when the registration is another account's: that it exists is shown, whose and which it is not.
    public let id: LeafHash?
    public let isYours: Bool
    /// Our clock when the registration was sequenced.
    public let registeredAt: UTCTime
    /// PDQ's, of 256 bits; `nil` for equal bytes, and beyond what counts.
    public let distanceBits: Int?
    /// How the query must be turned to meet the registered picture; `nil` without ``distanceBits``.
    public let orientation: Orientation?
    public let geometry: Geometry
    /// What two documents' texts have in common; `nil` where that is not why they match.
    public let text: TextAgreement?
    /// Pages of scans that look alike; `nil` where that is not why they match.
    public let pages: PageAgreement?
    /// The declared title, of the caller's own registrations.
    public let title: String?

    public init(
        position: LogPosition,
        isSameBytes: Bool = false,
        isSamePixels: Bool = false,
        provenance: Evidence.DocumentDigest.Provenance = .computed,
        id: LeafHash?,
        isYours: Bool,
        registeredAt: UTCTime,
        distanceBits: Int? = nil,
        orientation: Orientation? = nil,
        geometry: Geometry = .notLooked,
        text: TextAgreement? = nil,
        pages: PageAgreement? = nil,
        title: String? = nil
    ) {
        self.position = position
        self.isSameBytes = isSameBytes
        self.isSamePixels = isSamePixels
        self.provenance = provenance
        self.id = id
        self.isYours = isYours
        self.registeredAt = registeredAt
        self.distanceBits = distanceBits
        self.orientation = orientation
        self.geometry = geometry
        self.text = text
        self.pages = pages
        self.title = title
    }
}
