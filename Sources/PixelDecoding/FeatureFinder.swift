import COpenCV
package import Fingerprints
package import MediaDecoding

/// Makes sketches of luma planes. For the decoder program alone, like ``PixelDecoder``.
package enum FeatureFinder {
    /// The longer side of the frame in which a registered picture's features are found, unless the plane is smaller.
    private static let registrationSide: Int32 = 640
    /// Larger, so that a small picture inside it still has features of its own.
    private static let querySide: Int32 = 1280
    /// Of the pyramid: features are found again at up to 1.2^9, 5 times, their size. With 8 levels, copies at a quarter of
    /// the size kept a third fewer.
    private static let levels: Int32 = 10

    /// "OpenCV 4.6.0".
    static var library: String { "OpenCV \(String(cString: cinnabar_opencv_version()))" }

    /// Once, before the first picture.
    ///
    /// - Throws: ``MediaError`` `.decoderUnavailable`.
    static func start() throws(MediaError) {
        guard cinnabar_opencv_start() == 0, let plane = warmUpPlane else {
            throw MediaError(.decoderUnavailable, "OpenCV does not start.")
        }
        // What it loads or allocates late is there before the system calls for that are taken away.
        let features = try readings(of: plane, side: registrationSide, limit: PictureSketch.featureLimit, count: 3)
        guard features.count == 3, features.allSatisfy({ !$0.features.isEmpty }), try thumbnail(of: plane) != nil else {
            throw MediaError(.decoderUnavailable, "OpenCV finds no features in its built-in sample.")
        }
    }

    /// Makes what is wanted of an upright plane.
    ///
    /// - Throws: ``MediaError`` `.outOfMemory`.
    package static func answer(to wish: DecodeWish, of picture: PixelPicture) throws(MediaError) -> SketchAnswer {
        guard !wish.isEmpty else { return SketchAnswer() }
        let (width, height) = (picture.facts.planeWidth, picture.facts.planeHeight)
        guard let plane = try? LumaPlane(width: width, height: height, pixels: picture.plane) else {
            throw MediaError(.tooFewPixels, "The plane is \(width) × \(height) pixels.")
        }
        return try answer(to: wish, of: plane)
    }

    /// The same for a plane.
    package static func answer(to wish: DecodeWish, of plane: LumaPlane) throws(MediaError) -> SketchAnswer {
        var answer = SketchAnswer()
        if wish.contains(.registration), let thumbnail = try thumbnail(of: plane) {
            let limit = PictureSketch.featureLimit
            for features in try readings(of: plane, side: registrationSide, limit: limit, count: 1) {
                answer.sketch = PictureSketch(features: features, thumbnail: thumbnail)
            }
        }
        if wish.contains(.query) {
            let (limit, count) = (QuerySketch.featureLimit, QuerySketch.Reading.allCases.count)
            answer.readings = try readings(of: plane, side: querySide, limit: limit, count: count)
        }
        return answer
    }

    /// - Returns: `nil` for a picture so long that the other side would be too short for a plane.
    private static func thumbnail(of plane: LumaPlane) throws(MediaError) -> LumaPlane? {
        let long = max(plane.width, plane.height)
        let side = min(PictureSketch.thumbnailSide, long)
        let width = (plane.width * side * 2 + long) / (long * 2)
        let height = (plane.height * side * 2 + long) / (long * 2)
        guard min(width, height) >= LumaPlane.minimumSide else { return nil }
        var result: Int32 = 0
        let pixels = [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
            result = cinnabar_opencv_shrink(
                plane.pixels,
                Int32(plane.width),
                Int32(plane.height),
                buffer.baseAddress,
                Int32(width),
                Int32(height)
            )
            count = result == 0 ? width * height : 0
        }
        try check(result)
        return try? LumaPlane(width: width, height: height, pixels: pixels)
    }

    /// - Returns: As many as `count`, in the order of ``QuerySketch/Reading``.
    private static func readings(
        of plane: LumaPlane,
        side: Int32,
        limit: Int,
        count: Int
    ) throws(MediaError) -> [LocalFeatures] {
        var request = cinnabar_feature_request(
            long_side: side,
            levels: levels,
            feature_limit: Int32(limit),
            readings: Int32(count)
        )
        var (found, width, height): (Int32, Int32, Int32) = (0, 0, 0)
        var result: Int32 = 0
        let features = [cinnabar_feature](unsafeUninitializedCapacity: limit * count) { buffer, initialized in
            buffer.initialize(repeating: cinnabar_feature())
            result = cinnabar_opencv_features(
                plane.pixels,
                Int32(plane.width),
                Int32(plane.height),
                &request,
                buffer.baseAddress,
                &found,
                &width,
                &height
            )
            initialized = limit * count
        }
        try check(result)
        return (0..<count).compactMap { reading in
            LocalFeatures(
                frameWidth: Int(width),
                frameHeight: Int(height),
                features: features[reading * limit..<reading * limit + Int(found)].map(LocalFeature.init)
            )
        }
    }

    private static func check(_ result: Int32) throws(MediaError) {
        switch UInt32(result) {
        case CINNABAR_OPENCV_OK.rawValue: return
        case CINNABAR_OPENCV_OUT_OF_MEMORY.rawValue:
            throw MediaError(.outOfMemory, "OpenCV asked for more memory than there is.")
        default: throw MediaError(.malformed, "OpenCV finds no features in the plane.")
        }
    }

    /// Squares of many sizes and grades, which have corners.
    private static var warmUpPlane: LumaPlane? {
        let side = 96
        let pixels = (0..<side * side).map { index in
            let (row, column) = (index / side / 12, index % side / 12)
            return UInt8(truncatingIfNeeded: (row * 37 + column * 101 + row * column * 29) & 0xFF)
        }
        return try? LumaPlane(width: side, height: side, pixels: pixels)
    }
}

extension LocalFeature {
    fileprivate init(_ feature: cinnabar_feature) {
        let descriptor = withUnsafeBytes(of: feature.descriptor) { bytes in
            SIMD4<UInt64>(
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
            )
        }
        self.init(x: feature.x, y: feature.y, level: feature.level, angle: feature.angle, descriptor: descriptor)
    }
}
