/// The brightness of a picture, upright: what decoders deliver and fingerprints are computed from.
public struct LumaPlane: Sendable, Equatable {
    /// PDQ is not defined on smaller pictures (`MIN_HASHABLE_DIM` of the reference).
    public static let minimumSide = 5

    /// Number of columns, at least ``minimumSide``.
    public let width: Int
    /// Number of rows, at least ``minimumSide``.
    public let height: Int
    /// Row-major, `width * height` of them, 0 (black) to 255 (white).
    public let pixels: [UInt8]

    /// - Throws: ``FingerprintError`` with code `.planeTooSmall`, or `.sizeMismatch` when `pixels` is not
    ///   `width * height` long.
    public init(width: Int, height: Int, pixels: [UInt8]) throws(FingerprintError) {
        try Self.check(width: width, height: height, count: pixels.count)
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// The same rule for planes of any element.
    static func check(width: Int, height: Int, count: Int) throws(FingerprintError) {
        guard width >= minimumSide, height >= minimumSide else {
            throw .planeTooSmall(width: width, height: height)
        }
        let (expected, overflow) = width.multipliedReportingOverflow(by: height)
        guard !overflow, expected == count else {
            throw .sizeMismatch(width: width, height: height, count: count)
        }
    }
}
