public import Fingerprints

/// What a picture that explains a match is drawn of: the two pictures and how they lie on each other.
public struct OverlayRequest: Equatable, Sendable {
    /// One of the two pictures.
    public enum Picture: Equatable, Sendable {
        /// The bytes of a file, untrusted.
        case file([UInt8])
        /// Where the file is not kept: the reduced grey picture of its sketch.
        case sketch(LumaPlane)
    }

    /// A point in parts of a picture's width and height, from its top left corner.
    public typealias Point = SIMD2<Double>

    /// Narrower, captions do not fit.
    public static let leastWidthPixels = 640
    /// Wide enough for a full page in print, small enough to open everywhere.
    public static let greatestWidthPixels = 1600
    /// A corner for every side of whatever polygon a verdict names.
    package static let cornerLimit = 64
    /// A line under the pictures.
    package static let captionLimit = 400

    /// The picture that was looked for.
    public var query: Picture
    public var registered: Picture
    /// Row-major 3 × 3 homography from the picture looked for to the registered one, in parts of width and height.
    public var transform: [Double]
    /// The matching part of the picture looked for: the corners of a convex polygon.
    public var queryRegion: [Point]
    /// The matching part of the registered picture: the corners of a convex polygon.
    public var registeredRegion: [Point]
    /// What stands under the pictures; of characters beyond ASCII a question mark is left.
    public var caption: String
    /// Of the drawn picture, from ``leastWidthPixels`` to ``greatestWidthPixels``; its height follows.
    public var widthPixels: Int

    public init(
        query: Picture,
        registered: Picture,
        transform: [Double],
        queryRegion: [Point],
        registeredRegion: [Point],
        caption: String,
        widthPixels: Int = OverlayRequest.greatestWidthPixels
    ) {
        self.query = query
        self.registered = registered
        self.transform = transform
        self.queryRegion = queryRegion
        self.registeredRegion = registeredRegion
        self.caption = caption
        self.widthPixels = widthPixels
    }
}
