import Fingerprints
import MediaDecoding
import Testing

/// The same picture, 96 × 64, in every format that is decoded.
struct FormatTests {
    /// File, media type, decode path, and how far a pixel may be off the lossless picture's luma: 0 where the format loses
    /// nothing; what the format's own loss makes of this picture elsewhere.
    static let files: [(name: String, mediaType: String, path: DecodePath, largest: Int)] = [
        ("rgb-8.png", "image/png", .vips, 0),
        ("rgb-16.png", "image/png", .vips, 0),
        ("grey-8.png", "image/png", .vips, 0),
        ("grey-16.png", "image/png", .vips, 0),
        ("palette.png", "image/png", .vips, 16),
        ("deflate.tiff", "image/tiff", .vips, 0),
        ("grey-16-big-endian.tiff", "image/tiff", .vips, 0),
        ("cmyk.tiff", "image/tiff", .vips, 0),
        ("lossless.webp", "image/webp", .vips, 0),
        ("lossy.webp", "image/webp", .vips, 12),
        ("animated.gif", "image/gif", .vips, 16),
        ("picture.heic", "image/heic", .vips, 12),
        ("picture.avif", "image/avif", .vips, 12),
        ("baseline.jpg", "image/jpeg", .jpegScaledGrey, 8),
        ("progressive.jpg", "image/jpeg", .jpegScaledGrey, 8),
        ("grey.jpg", "image/jpeg", .jpegScaledGrey, 8),
        ("cmyk.jpg", "image/jpeg", .vips, 8),
    ]

    @Test(arguments: files)
    func everyFormatGivesTheSameLuma(name: String, mediaType: String, path: DecodePath, largest: Int) async throws {
        let picture = try await PoolFixture.picture(name)
        #expect(picture.mediaType == mediaType)
        #expect(picture.path == path.rawValue)
        #expect(picture.width == 96 && picture.height == 64)
        #expect(picture.frames == (name == "animated.gif" ? 3 : 1))
        let difference = try #require(
            PoolFixture.difference(picture, try await PoolFixture.picture("rgb-8.png")),
            "the planes differ in size"
        )
        #expect(difference.largest <= largest, "\(name): \(difference)")
    }

    @Test func lumaIsTheWeightedSumOfTheEncodedValues() async throws {
        // The top left pixel of the picture is (40, 30, 128); 0.299 · 40 + 0.587 · 30 + 0.114 · 128 = 44.162.
        #expect(try await PoolFixture.picture("rgb-8.png").luma.pixels[0] == 44)
    }

    @Test(arguments: ["alpha.png", "alpha.webp"])
    func alphaIsFlattenedOnWhite(name: String) async throws {
        let flat = try await PoolFixture.picture("alpha-flattened.png")
        let difference = PoolFixture.difference(try await PoolFixture.picture(name), flat)
        #expect(difference?.largest == 0)
    }

    @Test(arguments: (1...8).map { "orientation-\($0).jpg" })
    func everyOrientationIsTurnedUpright(name: String) async throws {
        let picture = try await PoolFixture.picture(name)
        #expect(picture.width == 96 && picture.height == 64)
        let difference = try #require(PoolFixture.difference(picture, try await PoolFixture.picture("rgb-8.png")))
        #expect(difference.largest <= 8, "\(name): \(difference)")
    }

    @Test(arguments: ["orientation-6.png", "orientation-6.webp", "orientation-6.tiff"])
    func orientationCountsInOtherFormatsToo(name: String) async throws {
        let picture = try await PoolFixture.picture(name)
        #expect(picture.width == 96 && picture.height == 64)
        #expect(PoolFixture.difference(picture, try await PoolFixture.picture("rgb-8.png"))?.largest == 0)
    }
}
