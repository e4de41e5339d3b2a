public import Fingerprints

/// A picture as the fingerprints need it.
public struct DecodedPicture: Sendable {
    /// Such as `image/jpeg`, by the file's signature bytes.
    public let mediaType: String
    /// The width in pixels at full size, as displayed: after EXIF orientation. At least 5.
    public let width: Int
    /// The height in pixels at full size, as displayed: after EXIF orientation. At least 5.
    public let height: Int
    /// The frames or pages of the file, at least 1. The picture is the first.
    public let frames: Int
    /// The picture's luminance, upright, at full size or shrunk as ``path`` says.
    public let luma: LumaPlane
    /// How ``luma`` was made: the name of a ``DecodePath``, for the record.
    public let path: String
    /// What to keep of it so that copies of its parts are found; `nil` unless it was wanted (``DecodeWish``), and for a
    /// picture so long that its thumbnail would be under ``LumaPlane/minimumSide`` pixels high.
    public let sketch: PictureSketch?
    /// What to look it up by; `nil` unless it was wanted.
    public let query: QuerySketch?

    package init(
        mediaType: String,
        width: Int,
        height: Int,
        frames: Int,
        luma: LumaPlane,
        path: DecodePath,
        sketch: PictureSketch? = nil,
        query: QuerySketch? = nil
    ) {
        self.mediaType = mediaType
        self.width = width
        self.height = height
        self.frames = frames
        self.luma = luma
        self.path = path.rawValue
        self.sketch = sketch
        self.query = query
    }
}
