package import MediaDecoding

/// A decoded picture: its luma plane, upright, and what the answer to the parent says about it.
public struct PixelPicture: Sendable {
    /// Full size and plane size, both as displayed.
    package let facts: DecoderMessage.Picture
    /// Row-major, one byte a pixel.
    public let plane: [UInt8]

    /// Turns a plane that is still as stored.
    ///
    /// - Parameters:
    ///   - size: The full size as stored.
    ///   - plane: The luma as stored.
    init(
        _ path: DecodePath,
        size: (width: Int, height: Int),
        frames: Int,
        plane: StoredPlane,
        orientation: EXIFOrientation
    ) {
        let upright = orientation.upright(plane)
        let full = orientation.swapsSides ? (size.height, size.width) : (size.width, size.height)
        facts = DecoderMessage.Picture(
            path: path,
            width: full.0,
            height: full.1,
            planeWidth: upright.width,
            planeHeight: upright.height,
            frames: frames
        )
        self.plane = upright.pixels
    }
}
