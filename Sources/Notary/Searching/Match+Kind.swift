import Clauses
import Fingerprints
import SimilarityIndex

extension Match {
    private static let fingerprintBits = 8 * PDQFingerprint.byteCount

    /// Whether PDQ alone reports it.
    public var isNearCopyByPDQ: Bool { distanceBits.map { $0 <= PDQFingerprint.nearCopyDistanceBits } ?? false }

    /// The most that is known: equal bytes say more than equal pixels, and these more than geometry. A near copy that
    /// PDQ reports keeps PDQ's name when geometry says no more than that.
    public var kind: Kind {
        if isSameBytes { return .sameBytes }
        if isSamePixels { return .samePixels }
        if text != nil { return .nearCopyByText }
        if pages != nil { return .page }
        guard let verdict = geometry.verdict else { return .nearCopyByPDQ }
        return switch verdict.kind {
        case .nearCopy: isNearCopyByPDQ ? .nearCopyByPDQ : .nearCopy
        case .mirrored: .mirrored
        case .rotated: .rotated
        case .crop: .crop
        case .composite: .composite
        }
    }

    /// Which methods spoke for it, the surest first.
    public var methods: [String] {
        var methods: [String] = []
        if isSameBytes { methods.append("SHA-256") }
        if isSamePixels { methods.append("equal pixels") }
        if let verdict = geometry.verdict { methods.append(verdict.method.rawValue) }
        if text != nil { methods.append("MinHash") }
        if text?.comparison != nil { methods.append("clauses") }
        if isNearCopyByPDQ || pages != nil { methods.append("PDQ") }
        return methods
    }

    /// From 0 to 1. Equal bytes and equal pixels are 1; then geometry's own. What PDQ says alone falls with the bits
    /// that differ, and is halved where geometry looked and did not confirm it.
    public var score: Double {
        if isSameBytes || isSamePixels { return 1 }
        if let text { return text.comparison?.similarity ?? text.similarity }
        if let verdict = geometry.verdict { return verdict.score }
        let byPDQ =
            1 - Double(distanceBits ?? pages?.distanceBits ?? Self.fingerprintBits) / Double(Self.fingerprintBits)
        return geometry == .notConfirmed ? byPDQ / 2 : byPDQ
    }
}
