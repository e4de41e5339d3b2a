extension ISCC {
    /// Rows and columns of the picture that an Image-Code is made of.
    public static let imageSide = 32

    /// The Image-Code of a decoded picture: its plain borders are cut off, and the rest is shrunk.
    ///
    /// - Parameter bits: A multiple of 64, at most 256.
    public static func imageCode(of plane: LumaPlane, bits: Int = digestBits) -> ISCCUnit {
        imageCode(of: GreySquare.pixels(of: plane), bits: bits)
    }

    /// The Image-Code of a picture that is 32 × 32 already.
    ///
    /// - Parameters:
    ///   - pixels: Brightness, ``imageSide`` rows of as many columns; transparent parts white, plain borders cut off.
    ///   - bits: A multiple of 64, at most 256.
    public static func imageCode(of pixels: [UInt8], bits: Int = digestBits) -> ISCCUnit {
        precondition(pixels.count == imageSide * imageSide, "An Image-Code is made of 32 × 32 pixels.")
        precondition(bits.isMultiple(of: 64), "An Image-Code has 64 bits for each corner of its transform.")
        // Rows first, as the reference does: the transform goes down columns.
        let turned = CosineTransform.transposed(pixels.map(Double.init))
        let rows = CosineTransform.transposed(CosineTransform.transform(turned))
        let frequencies = CosineTransform.transform(rows)
        var digest: [UInt8] = []
        for (left, top) in [(0, 0), (8, 0), (0, 8), (8, 8)] {
            let corner = (top..<top + 8).flatMap { row in
                frequencies[row * imageSide + left..<row * imageSide + left + 8]
            }
            let ordered = corner.sorted()
            let median = (ordered[31] + ordered[32]) / 2
            for start in stride(from: 0, to: 64, by: 8) {
                digest.append(corner[start..<start + 8].reduce(0) { $0 << 1 | ($1 > median ? 1 : 0) })
            }
        }
        return ISCCUnit(.content, medium: .image, digest: digest, bits: bits)
    }
}
