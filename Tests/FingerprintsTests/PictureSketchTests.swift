import Fingerprints
import Testing

struct PictureSketchTests {
    private static func sketch(features count: Int, width: Int, height: Int) throws -> PictureSketch {
        let feature = LocalFeature(x: 8, y: 16, level: 1, angle: 2, descriptor: SIMD4(3, 4, 5, 6))
        return PictureSketch(
            features: try #require(
                LocalFeatures(frameWidth: 64, frameHeight: 48, features: Array(repeating: feature, count: count))
            ),
            thumbnail: try LumaPlane(
                width: width,
                height: height,
                pixels: (0..<width * height).map { UInt8(truncatingIfNeeded: $0) }
            )
        )
    }

    @Test(arguments: [(0, 5, 5), (10, 96, 64), (PictureSketch.featureLimit, 96, 96)])
    func itComesBack(count: Int, width: Int, height: Int) throws {
        let sketch = try Self.sketch(features: count, width: width, height: height)
        #expect(PictureSketch(bytes: sketch.bytes) == sketch)
    }

    @Test func theLargestKeepsToItsLimit() throws {
        let bytes = try Self.sketch(features: PictureSketch.featureLimit, width: 96, height: 96).bytes
        #expect(bytes.count == PictureSketch.byteLimit)
        #expect(PictureSketch.byteLimit <= 24_000)
    }

    @Test(arguments: [(PictureSketch.featureLimit + 1, 96, 64), (1, 97, 64), (1, 64, 97), (1, 96, 4), (1, 4, 96)])
    func moreThanASketchHasIsRefused(count: Int, width: Int, height: Int) throws {
        guard min(width, height) >= LumaPlane.minimumSide else {
            var bytes = try Self.sketch(features: count, width: 96, height: 96).bytes
            let start = LocalFeatures.byteCount(count)
            bytes.replaceSubrange(start..., with: [UInt8(width), UInt8(height)] + bytes.suffix(width * height))
            #expect(PictureSketch(bytes: bytes) == nil)
            return
        }
        #expect(PictureSketch(bytes: try Self.sketch(features: count, width: width, height: height).bytes) == nil)
    }

    @Test func otherLengthsAreRefused() throws {
        let bytes = try Self.sketch(features: 2, width: 9, height: 7).bytes
        for count in bytes.indices { #expect(PictureSketch(bytes: Array(bytes.prefix(count))) == nil) }
        #expect(PictureSketch(bytes: bytes + [0]) == nil)
    }
}
