import CVips
import MediaDecoding

/// A picture in one of libvips' loaders. The bytes outlive it: it never leaves the call that was given them.
struct VipsReader: ~Copyable {
    let handle: OpaquePointer
    private let header: cinnabar_vips_header
    private let pixelLimit: Int

    /// Rows asked for at a time: a tile or strip of most files, and little memory at any width.
    private static let stripRows = 16

    /// Reads the header.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ format: MediaFormat, pixelLimit: Int) throws(MediaError) {
        guard let loader = Self.loader(format) else {
            throw MediaError(.unsupportedFormat, "There is no loader for \(format).")
        }
        var header = cinnabar_vips_header()
        guard let handle = cinnabar_vips_open(Int32(loader.rawValue), bytes.baseAddress, bytes.count, &header) else {
            throw Self.failure()
        }
        self.handle = handle
        self.header = header
        self.pixelLimit = pixelLimit
    }

    deinit { cinnabar_vips_close(handle) }

    /// Decodes to ``DecodePath/vips``.
    func picture() throws(MediaError) -> PixelPicture {
        let (width, height) = (Int(header.width), Int(header.height))
        try checkSize()
        guard
            let layout = PixelLayout(
                colours: Int(header.colours),
                bands: Int(header.bands),
                bits: Int(header.bits)
            )
        else {
            throw MediaError(.unsupportedFormat, "The picture's pixels are neither grey, RGB nor CMYK of 8 or 16 bits.")
        }
        let plane =
            switch layout.bits {
            case 8: try plane(width, height, layout, of: UInt8.self)
            default: try plane(width, height, layout, of: UInt16.self)
            }
        return PixelPicture(
            .vips,
            size: (width, height),
            frames: Int(max(1, header.frames)),
            plane: plane,
            orientation: EXIFOrientation(rawValue: Int(header.orientation)) ?? .upright
        )
    }

    func checkSize() throws(MediaError) {
        try PixelDecoder.checkSize(Int(header.width), Int(header.height), pixelLimit: pixelLimit)
    }

    private func plane<Value: FixedWidthInteger & UnsignedInteger>(
        _ width: Int,
        _ height: Int,
        _ layout: PixelLayout,
        of type: Value.Type
    ) throws(MediaError) -> StoredPlane {
        var strip = [Value](repeating: 0, count: Self.stripRows * width * layout.bands)
        var row = [UInt8](repeating: 0, count: width)
        var shrinker = BoxShrinker(width: width, height: height, shortSide: PixelDecoder.shortSide)
        for top in stride(from: 0, to: height, by: Self.stripRows) {
            let rows = min(Self.stripRows, height - top)
            guard cinnabar_vips_read(handle, Int32(top), Int32(rows), &strip) == 0 else { throw Self.failure() }
            strip.withUnsafeBufferPointer { strip in
                for index in 0..<rows {
                    let pixels = strip[index * width * layout.bands..<(index + 1) * width * layout.bands]
                    layout.luma(of: UnsafeBufferPointer(rebasing: pixels), into: &row)
                    shrinker.append(row)
                }
            }
        }
        return shrinker.plane
    }

    private static func loader(_ format: MediaFormat) -> cinnabar_vips_loader? {
        switch format {
        case .jpeg: CINNABAR_VIPS_JPEG
        case .png: CINNABAR_VIPS_PNG
        case .webp: CINNABAR_VIPS_WEBP
        case .tiff: CINNABAR_VIPS_TIFF
        case .gif: CINNABAR_VIPS_GIF
        case .heif, .avif: CINNABAR_VIPS_HEIF
        case .pdf, .docx, .odt, .html, .zip, .text, .other: nil
        }
    }

    static func failure() -> MediaError {
        cinnabar_vips_is_out_of_memory() != 0
            ? MediaError(.outOfMemory, "libvips asked for more memory than there is.")
            : MediaError(.malformed, "The picture is truncated or damaged.")
    }
}
