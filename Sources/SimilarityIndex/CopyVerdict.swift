/// What geometry and pixels say when one picture holds another, or a part of it.
public struct CopyVerdict: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        /// The same picture all over, upright: recompressed, scaled, with changed tones, or with something laid over it.
        case nearCopy = "near copy"
        /// The whole picture, mirrored.
        case mirrored
        /// The whole picture, turned by more than some degrees.
        case rotated
        /// The picture looked for is a part of the registered one.
        case crop
        /// The registered picture, or a part of it, is a part of the one looked for.
        case composite = "part of a composite"
    }

    /// Which method decided.
    public enum Method: String, Sendable, CaseIterable {
        /// Local features that fit one transform, and pixels that agree under it.
        case features = "features and pixels"
        /// Pixels that agree under one of the eight orientations, where there are too few features.
        case pixels
    }

    /// A point in parts of a picture's width and height: (0, 0) is its top left corner, (1, 1) its bottom right one.
    public struct Point: Sendable, Equatable {
        public let x: Double
        public let y: Double

        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    public let kind: Kind
    public let method: Method
    /// How sure, from 0 to 1. A verdict is only given for a match.
    public let score: Double
    /// Whether the picture looked for has to be mirrored first.
    public let isMirrored: Bool
    /// Whether dark and bright are exchanged.
    public let isInverted: Bool
    /// Row-major 3 × 3 homography from the picture looked for, as it was sent, to the registered one, both in parts
    /// of width and height. A mirroring is part of it.
    public let transform: [Double]
    /// The matched part of the picture looked for: the corners of a convex polygon, clockwise.
    public let queryRegion: [Point]
    /// The matched part of the registered picture: the corners of a convex polygon.
    public let registeredRegion: [Point]
    /// Pairs of features that fit the transform.
    public let inlierCount: Int
    /// The share of the matched region, 0 to 1, where the pixels agree.
    public let agreement: Double

    public init(
        kind: Kind,
        method: Method,
        score: Double,
        isMirrored: Bool,
        isInverted: Bool,
        transform: [Double],
        queryRegion: [Point],
        registeredRegion: [Point],
        inlierCount: Int,
        agreement: Double
    ) {
        self.kind = kind
        self.method = method
        self.score = score
        self.isMirrored = isMirrored
        self.isInverted = isInverted
        self.transform = transform
        self.queryRegion = queryRegion
        self.registeredRegion = registeredRegion
        self.inlierCount = inlierCount
        self.agreement = agreement
    }
}
