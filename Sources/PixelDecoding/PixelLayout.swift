/// What the values of a pixel are, and the one formula that makes luma of them (``DecodePath/vips``).
struct PixelLayout: Equatable {
    enum Colours: Int {
        case grey = 1
        case rgb = 3
        /// 0 is no ink.
        case cmyk = 4
    }

    let colours: Colours
    let hasAlpha: Bool
    /// 8 or 16.
    let bits: Int
    var bands: Int { colours.rawValue + (hasAlpha ? 1 : 0) }

    /// - Returns: `nil` for layouts without a defined luma.
    init?(colours: Int, bands: Int, bits: Int) {
        guard let colours = Colours(rawValue: colours), bits == 8 || bits == 16,
            bands == colours.rawValue || bands == colours.rawValue + 1
        else { return nil }
        self.colours = colours
        self.bits = bits
        hasAlpha = bands > colours.rawValue
    }

    /// One row of pixels to one row of luma.
    ///
    /// - Parameters:
    ///   - pixels: `row.count` × `bands` values of ``bits`` bits.
    ///   - row: Is overwritten.
    func luma<Value: FixedWidthInteger & UnsignedInteger>(
        of pixels: UnsafeBufferPointer<Value>,
        into row: inout [UInt8]
    ) {
        let shift = Value(Value.bitWidth - 8)
        let bands = bands
        for column in row.indices {
            let start = column * bands
            func value(_ band: Int) -> UInt32 { UInt32(truncatingIfNeeded: pixels[start + band] >> shift) }
            var (red, green, blue) =
                switch colours {
                case .grey: (value(0), value(0), value(0))
                case .rgb: (value(0), value(1), value(2))
                case .cmyk:
                    (
                        Self.scaled(255 - value(0), 255 - value(3)), Self.scaled(255 - value(1), 255 - value(3)),
                        Self.scaled(255 - value(2), 255 - value(3))
                    )
                }
            if hasAlpha {
                let alpha = value(bands - 1)
                red = Self.onWhite(red, alpha)
                green = Self.onWhite(green, alpha)
                blue = Self.onWhite(blue, alpha)
            }
            row[column] = Self.luma(red, green, blue)
        }
    }

    /// 0.299 R + 0.587 G + 0.114 B, rounded to nearest, half up. Grey stays as it is.
    static func luma(_ red: UInt32, _ green: UInt32, _ blue: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: (299 * red + 587 * green + 114 * blue + 500) / 1000)
    }

    /// a × b / 255, rounded to nearest.
    static func scaled(_ left: UInt32, _ right: UInt32) -> UInt32 { (left * right + 127) / 255 }

    /// A value of the given opacity before white.
    static func onWhite(_ value: UInt32, _ alpha: UInt32) -> UInt32 {
        (value * alpha + 255 * (255 - alpha) + 127) / 255
    }
}
