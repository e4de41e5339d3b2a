import CJPEG
import MediaDecoding

/// A JPEG in libjpeg-turbo. The bytes outlive it: it never leaves the call that was given them.
struct JPEGReader: ~Copyable {
    let isCMYK: Bool
    private let handle: OpaquePointer
    private let width: Int
    private let height: Int
    private let pixelLimit: Int
    private let orientation: EXIFOrientation

    /// Reads the header.
    init(_ bytes: UnsafeBufferPointer<UInt8>, pixelLimit: Int) throws(MediaError) {
        var handle: OpaquePointer?
        var header = cinnabar_jpeg_header()
        try Self.check(cinnabar_jpeg_open(bytes.baseAddress, bytes.count, &handle, &header))
        guard let handle else { throw MediaError(.malformed, "libjpeg gave no reader.") }
        self.handle = handle
        (width, height) = (Int(header.width), Int(header.height))
        isCMYK = header.is_cmyk != 0
        let exif = UnsafeBufferPointer(start: header.exif, count: header.exif_count)
        orientation = EXIFOrientation(exif: Array(exif)) ?? .upright
        self.pixelLimit = pixelLimit
    }

    deinit { cinnabar_jpeg_close(handle) }

    /// Decodes to ``DecodePath/jpegScaledGrey``.
    func picture() throws(MediaError) -> PixelPicture {
        try PixelDecoder.checkSize(width, height, pixelLimit: pixelLimit)
        var planeWidth: Int32 = 0
        var planeHeight: Int32 = 0
        try Self.check(cinnabar_jpeg_start(handle, Int32(PixelDecoder.shortSide), &planeWidth, &planeHeight))
        let count = Int(planeWidth) * Int(planeHeight)
        var result: Int32 = 0
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            result = cinnabar_jpeg_read(handle, buffer.baseAddress)
            initialized = result == 0 ? count : 0
        }
        try Self.check(result)
        return PixelPicture(
            .jpegScaledGrey,
            size: (width, height),
            frames: 1,
            plane: StoredPlane(width: Int(planeWidth), height: Int(planeHeight), pixels: pixels),
            orientation: orientation
        )
    }

    private static func check(_ result: Int32) throws(MediaError) {
        switch UInt32(result) {
        case CINNABAR_JPEG_OK.rawValue: return
        case CINNABAR_JPEG_UNSUPPORTED.rawValue:
            throw MediaError(.unsupportedFormat, "libjpeg does not decode this kind of JPEG.")
        case CINNABAR_JPEG_OUT_OF_MEMORY.rawValue:
            throw MediaError(.outOfMemory, "libjpeg asked for more memory than there is.")
        default: throw MediaError(.malformed, "The JPEG is truncated or damaged.")
        }
    }
}
