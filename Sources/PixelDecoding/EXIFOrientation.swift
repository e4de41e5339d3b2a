import Bytes

/// How a stored picture has to be turned to be upright: the value of EXIF's tag 0x0112.
enum EXIFOrientation: Int, CaseIterable {
    case upright = 1
    case flippedHorizontally
    case rotated180
    case flippedVertically
    case transposed
    case rotated90Clockwise
    case transversed
    case rotated90Counterclockwise

    /// Whether width and height change places.
    var swapsSides: Bool { rawValue >= 5 }

    /// The plane as displayed.
    func upright(_ plane: StoredPlane) -> StoredPlane {
        if self == .upright { return plane }
        let (width, height) = (plane.width, plane.height)
        let (origin, right, down) = walk(width, height)
        let (newWidth, newHeight) = swapsSides ? (height, width) : (width, height)
        let pixels = [UInt8](unsafeUninitializedCapacity: width * height) { target, count in
            plane.pixels.withUnsafeBufferPointer { source in
                for row in 0..<newHeight {
                    var from = origin + row * down
                    for column in 0..<newWidth {
                        target[row * newWidth + column] = source[from]
                        from += right
                    }
                }
            }
            count = width * height
        }
        return StoredPlane(width: newWidth, height: newHeight, pixels: pixels)
    }

    /// Where the displayed picture's first pixel is stored, and how far away the next to its right and below it are.
    private func walk(_ width: Int, _ height: Int) -> (origin: Int, right: Int, down: Int) {
        let lastRow = (height - 1) * width
        return switch self {
        case .upright: (0, 1, width)
        case .flippedHorizontally: (width - 1, -1, width)
        case .rotated180: (lastRow + width - 1, -1, -width)
        case .flippedVertically: (lastRow, 1, -width)
        case .transposed: (0, width, 1)
        case .rotated90Clockwise: (lastRow, -width, 1)
        case .transversed: (lastRow + width - 1, -width, -1)
        case .rotated90Counterclockwise: (width - 1, width, -1)
        }
    }
}

extension EXIFOrientation {
    /// Reads tag 0x0112 of the first directory (EXIF 2.32, 4.6.4; TIFF 6.0, 2).
    ///
    /// - Parameter exif: An APP1 segment from `Exif\0\0` on.
    /// - Returns: `nil` when there is no valid value: such a picture is shown as it is stored.
    init?(exif: [UInt8]) {
        guard exif.starts(with: Array("Exif\0\0".utf8)) else { return nil }
        let tiff = exif.dropFirst(6)
        let isLittleEndian = tiff.starts(with: [0x49, 0x49, 0x2A, 0x00])
        guard isLittleEndian || tiff.starts(with: [0x4D, 0x4D, 0x00, 0x2A]) else { return nil }
        var reader = ByteReader(tiff.dropFirst(4))
        func next<Number: FixedWidthInteger & UnsignedInteger>(_ type: Number.Type) -> Number? {
            isLittleEndian ? reader.read(littleEndian: type) : reader.read(bigEndian: type)
        }
        guard let offset = next(UInt32.self), offset >= 8, Int(offset) <= tiff.count else { return nil }
        reader = ByteReader(tiff.dropFirst(Int(offset)))
        guard let entries = next(UInt16.self) else { return nil }
        for _ in 0..<entries {
            guard let tag = next(UInt16.self), let type = next(UInt16.self), let count = next(UInt32.self),
                let value = next(UInt16.self), reader.read(2) != nil
            else { return nil }
            // Type 3 is SHORT; a single one stands in the first two of the four value bytes.
            guard tag == 0x0112 else { continue }
            guard type == 3, count == 1 else { return nil }
            self.init(rawValue: Int(value))
            return
        }
        return nil
    }
}
