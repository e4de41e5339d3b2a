import Evidence
import SimilarityIndex

extension Match {
    /// What the match says, in one or two plain sentences that need no knowledge of the methods.
    public var sentence: String {
        if isSameBytes {
            return provenance == .declared
                ? "Somebody declared the digest of exactly this file; the file itself was not shown to Cinnabar."
                : "The registered file is this file, byte for byte."
        }
        if isSamePixels { return "The registered file shows this very picture, in other bytes." }
        if let text { return text.sentence }
        if let pages { return pages.sentence }
        switch geometry {
        case .confirmed(let verdict): return verdict.sentence
        case .notLooked:
            return "The two pictures as wholes are very much alike (\(differingBits)): probably one picture. Their "
                + "details were not compared."
        case .notConfirmed:
            return "The two pictures as wholes are very much alike (\(differingBits)), but comparing their details did "
                + "not confirm that they are one picture."
        }
    }

    private var differingBits: String { "\(distanceBits ?? 0) of 256 bits of their fingerprints differ" }
}

extension CopyVerdict {
    var sentence: String {
        let statement =
            switch kind {
            case .nearCopy: "This is the registered picture, altered\(alterations)."
            case .mirrored: "This is the registered picture, mirrored\(isInverted ? Self.inverted : "")."
            case .rotated: "This is the registered picture, turned\(alterations)."
            case .crop:
                "This is a part of the registered picture, \(Self.percent(Self.area(registeredRegion))) of it"
                    + "\(alterations)."
            case .composite:
                "The registered picture, or a part of it, is in this one, where it takes "
                    + "\(Self.percent(Self.area(queryRegion)))\(alterations)."
            }
        return statement + " " + reason
    }

    private static let inverted = ", with dark and bright exchanged"

    private var alterations: String { (isMirrored ? ", mirrored" : "") + (isInverted ? Self.inverted : "") }

    private var reason: String {
        let agreeing = "\(Self.percent(agreement)) of the matching part agrees"
        return switch method {
        case .features: "\(inlierCount) details of both lie where one picture puts them, and \(agreeing) in brightness."
        case .pixels: "Laid over each other, \(agreeing) in brightness."
        }
    }

    /// Whole percents, of which 0 and 100 are meant.
    static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "0 %" }
        let percent = Int((share * 100).rounded())
        if percent >= 100, share < 1 { return "99 %" }
        if percent <= 0, share > 0 { return "1 %" }
        return "\(min(100, max(0, percent))) %"
    }

    /// The share of the picture, 0 to 1, that a polygon covers.
    static func area(_ polygon: [Point]) -> Double {
        guard polygon.count >= 3 else { return 0 }
        var twice = 0.0
        for (position, point) in polygon.enumerated() {
            let next = polygon[(position + 1) % polygon.count]
            twice += point.x * next.y - next.x * point.y
        }
        return min(1, abs(twice) / 2)
    }
}
