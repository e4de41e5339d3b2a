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

    package init(mediaType: String, width: Int, height: Int, frames: Int, luma: LumaPlane, path: DecodePath) {
        self.mediaType = mediaType
        self.width = width
        self.height = height
        self.frames = frames
        self.luma = luma
        self.path = path.rawValue
    }
}
