/// One point of a picture that is found again when the picture is cropped, turned, scaled or built into another.
///
/// An ORB feature (Rublee and others, 2011): a corner, its size, its direction, and 256 comparisons of brightness around
/// it.
public struct LocalFeature: Sendable, Equatable {
    /// Its bytes in ``LocalFeatures/bytes``.
    static let byteCount = 38
    /// Steps of ``x`` and ``y`` in one pixel of the frame.
    public static let stepsPerPixel = 8

    /// From the frame's left edge, in eighths of a pixel.
    public let x: UInt16
    /// From the frame's top edge, in eighths of a pixel.
    public let y: UInt16
    /// The level of the scale pyramid it was found on: its size is 31 × 1.2^level pixels of the frame.
    public let level: UInt8
    /// Its direction in 256ths of a full turn, clockwise from the positive x axis (y runs down).
    public let angle: UInt8
    /// The descriptor's 32 bytes as OpenCV gives them, as four big-endian words.
    public let descriptor: SIMD4<UInt64>

    public init(x: UInt16, y: UInt16, level: UInt8, angle: UInt8, descriptor: SIMD4<UInt64>) {
        self.x = x
        self.y = y
        self.level = level
        self.angle = angle
        self.descriptor = descriptor
    }

    /// Differing bits of the descriptors, 0 to 256.
    @inlinable
    public func distanceBits(to other: Self) -> Int {
        let difference = descriptor ^ other.descriptor
        return difference[0].nonzeroBitCount + difference[1].nonzeroBitCount + difference[2].nonzeroBitCount
            + difference[3].nonzeroBitCount
    }
}
