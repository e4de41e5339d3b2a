import Bytes

/// What is kept of a registered picture so that copies of its parts are found and judged without the picture itself:
/// at most 24 kB.
public struct PictureSketch: Sendable, Equatable {
    /// The longer side of ``thumbnail``.
    public static let thumbnailSide = 96
    /// The most features that are kept of a picture.
    public static let featureLimit = 380
    /// The most of ``bytes``.
    public static let byteLimit = LocalFeatures.byteCount(featureLimit) + 2 + thumbnailSide * thumbnailSide

    public let features: LocalFeatures
    /// The whole picture's luma, its longer side ``thumbnailSide`` pixels (or the picture's own, if that is shorter),
    /// by averaging: what pixels are compared on.
    public let thumbnail: LumaPlane

    public init(features: LocalFeatures, thumbnail: LumaPlane) {
        self.features = features
        self.thumbnail = thumbnail
    }

    /// The features, then the thumbnail's width and height in one byte each, then its pixels.
    public var bytes: [UInt8] {
        features.bytes + [UInt8(thumbnail.width), UInt8(thumbnail.height)] + thumbnail.pixels
    }

    /// - Returns: `nil` unless `bytes` is exactly what ``bytes`` writes, with no more features and no larger thumbnail
    ///   than a sketch has.
    public init?(bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let features = LocalFeatures(reading: &reader), let width = reader.read(bigEndian: UInt8.self),
            let height = reader.read(bigEndian: UInt8.self), let pixels = reader.read(Int(width) * Int(height)),
            reader.isAtEnd, features.features.count <= Self.featureLimit,
            max(width, height) <= Self.thumbnailSide,
            let thumbnail = try? LumaPlane(width: Int(width), height: Int(height), pixels: Array(pixels))
        else { return nil }
        self.init(features: features, thumbnail: thumbnail)
    }
}
