import CJPEG
import CVips
import Fingerprints
public import MediaDecoding

/// Turns the bytes of a picture into its luma plane, in this process. For the decoder program alone: untrusted bytes
/// are never decoded beside keys.
public enum PixelDecoder {
    /// The short side that the luma plane keeps at least, in pixels, unless the picture is smaller.
    ///
    /// PDQ reduces every plane to 64 × 64; at 512 its distance to the full-size plane stayed within 10 bits for 144 of
    /// 144 photos.
    static let shortSide = 512

    /// "libjpeg-turbo 2.1.5, libvips 8.14.1, OpenCV 4.6.0".
    public static var libraries: String {
        "libjpeg-turbo \(String(cString: cinnabar_jpeg_version())), libvips \(String(cString: cinnabar_vips_version())), "
            + FeatureFinder.library
    }

    /// Once, before the first picture. Loads every library and module that decoding needs, so that nothing has to be
    /// opened afterwards.
    ///
    /// - Throws: ``MediaError`` `.decoderUnavailable` when a library is missing or cannot decode its small built-in
    ///   sample.
    public static func start() throws(MediaError) {
        guard cinnabar_vips_start() == 0 else {
            throw MediaError(.decoderUnavailable, "libvips does not start.")
        }
        try FeatureFinder.start()
        for (format, bytes) in warmUpPictures {
            do {
                _ = try picture(from: bytes, as: format, pixelLimit: 1 << 20)
            } catch {
                throw MediaError(.decoderUnavailable, "\(format) cannot be decoded here: \(error)")
            }
        }
    }

    /// Decodes the first frame or page.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - format: What its signature says; no other loader looks at it.
    ///   - pixelLimit: The most pixels, checked against the header before any pixel is decoded.
    /// - Throws: ``MediaError`` `.unsupportedFormat`, `.malformed`, `.tooFewPixels`, `.tooManyPixels` or
    ///   `.outOfMemory`.
    public static func picture(
        from bytes: [UInt8],
        as format: MediaFormat,
        pixelLimit: Int
    ) throws(MediaError) -> PixelPicture {
        let result: Result<PixelPicture, MediaError> = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(MediaError) in try picture(from: buffer, as: format, pixelLimit: pixelLimit) }
        }
        return try result.get()
    }

    /// The same for bytes that stay where they are and unchanged while this runs.
    public static func picture(
        from bytes: UnsafeBufferPointer<UInt8>,
        as format: MediaFormat,
        pixelLimit: Int
    ) throws(MediaError) -> PixelPicture {
        guard format == .jpeg else { return try VipsReader(bytes, format, pixelLimit: pixelLimit).picture() }
        let reader = try JPEGReader(bytes, pixelLimit: pixelLimit)
        guard reader.isCMYK else { return try reader.picture() }
        return try VipsReader(bytes, format, pixelLimit: pixelLimit).picture()
    }

    static func checkSize(_ width: Int, _ height: Int, pixelLimit: Int) throws(MediaError) {
        guard min(width, height) >= LumaPlane.minimumSide else {
            throw MediaError(.tooFewPixels, "The picture is \(width) × \(height) pixels.")
        }
        guard width <= pixelLimit / height else {
            throw MediaError(.tooManyPixels, "The picture is \(width) × \(height) pixels.")
        }
    }
}
