import Testing

@testable import Fingerprints

/// That the names mean what their comments say: turned pixels have the fingerprint foretold from the original.
@Suite struct OrientationTests {
    /// One pixel a block: nothing is blurred or sampled, so that turning the pixels is all that happens.
    private static let side = 64

    @Test(arguments: Orientation.allCases)
    func foretellsTheTurnedPicture(_ orientation: Orientation) throws {
        let original = SyntheticPicture(width: Self.side, height: Self.side, seed: 21, amplitude: 160, grey: true)
        let pixels = original.channels[0]
        let turned = (0..<Self.side * Self.side).map { position in
            let (row, column) = source(of: position / Self.side, position % Self.side, orientation)
            return pixels[row * Self.side + column]
        }
        let foretold = pdqFingerprint(of: try plane(pixels))
        let result = pdqFingerprint(of: try plane(turned))
        // Rounding may decide about a frequency that equals the median.
        #expect(foretold[orientation].distanceBits(to: result.fingerprint) <= 1)
        for other in Orientation.allCases where other != orientation {
            #expect(foretold[other].distanceBits(to: result.fingerprint) > 60)
        }
    }

    private func plane(_ pixels: [UInt8]) throws -> LumaPlane {
        try LumaPlane(width: Self.side, height: Self.side, pixels: pixels)
    }

    /// Which pixel of the original comes to this place.
    private func source(of row: Int, _ column: Int, _ orientation: Orientation) -> (row: Int, column: Int) {
        let last = Self.side - 1
        return switch orientation {
        case .original: (row, column)
        case .rotate90: (column, last - row)
        case .rotate180: (last - row, last - column)
        case .rotate270: (last - column, row)
        case .flipVertical: (last - row, column)
        case .flipHorizontal: (row, last - column)
        case .rotate90FlipVertical: (column, row)
        case .rotate90FlipHorizontal: (last - column, last - row)
        }
    }
}
