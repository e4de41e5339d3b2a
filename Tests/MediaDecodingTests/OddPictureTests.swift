import Fingerprints
import MediaDecoding
import Testing

/// Pictures that nobody would call photos: each has a sensible sketch or none, and no child is lost.
struct OddPictureTests {
    private static func picture(_ plane: LumaPlane) async throws -> DecodedPicture {
        try await picture(CraftedPNG.bytes(plane))
    }

    private static func picture(_ bytes: [UInt8]) async throws -> DecodedPicture {
        let pool = try PoolFixture.pool.get()
        return try await pool.picture(from: bytes, wanting: [.registration, .query])
    }

    @Test(arguments: [0, 128, 255])
    func oneColourHasNoFeatures(value: UInt8) async throws {
        let picture = try await Self.picture(Texture.flat(350, 250, value))
        let sketch = try #require(picture.sketch)
        #expect(sketch.features.features.isEmpty)
        #expect(try sketch.thumbnail == Texture.flat(96, 69, value))
        #expect(picture.query?.readings.values.allSatisfy(\.features.isEmpty) == true)
    }

    @Test func noiseKeepsToTheLimits() async throws {
        let picture = try await Self.picture(Texture.noise(600, 400))
        #expect(picture.sketch?.features.features.count == PictureSketch.featureLimit)
        #expect(picture.query?.readings[.plain]?.features.count == QuerySketch.featureLimit)
    }

    @Test(arguments: [(5, 5), (31, 31), (20, 300), (40, 40)])
    func tinyPicturesHaveAThumbnailOfTheirOwnSize(width: Int, height: Int) async throws {
        let plane = try Texture.plane(width, height)
        let picture = try await Self.picture(plane)
        let sketch = try #require(picture.sketch)
        #expect(sketch.features.features.isEmpty)
        #expect(sketch.features.frameWidth == width && sketch.features.frameHeight == height)
        if max(width, height) <= PictureSketch.thumbnailSide { #expect(sketch.thumbnail == plane) }
        #expect(picture.query?.readings.count == QuerySketch.Reading.allCases.count)
    }

    /// 96 × 5 is the flattest thumbnail.
    @Test(arguments: [(2000, 90, true), (2000, 94, true), (2000, 91, true), (2000, 40, false), (20_000, 5, false)])
    func extremelyWidePicturesHaveNoSketch(width: Int, height: Int, hasSketch: Bool) async throws {
        let hasSketch = hasSketch && (height * 96 * 2 + width) / (width * 2) >= LumaPlane.minimumSide
        for (width, height) in [(width, height), (height, width)] {
            let picture = try await Self.picture(Texture.flat(width, height, 9))
            #expect((picture.sketch != nil) == hasSketch, "\(width) × \(height)")
            #expect(picture.query?.readings.count == QuerySketch.Reading.allCases.count)
        }
    }

    @Test(arguments: ["animated.gif", "pages.tiff"])
    func theFirstOfSeveralFramesIsSketched(name: String) async throws {
        let several = try await Self.picture(PoolFixture.bytes(name))
        #expect(several.frames == 3)
        let first = try await Self.picture(CraftedPNG.bytes(several.luma))
        #expect(several.sketch == first.sketch)
        #expect(several.query?.readings == first.query?.readings)
        let difference = try #require(PoolFixture.difference(several, try await PoolFixture.picture("rgb-8.png")))
        #expect(difference.largest <= 16)
    }

    @Test(arguments: FormatTests.files.map(\.name))
    func everyFormatHasASketch(name: String) async throws {
        let picture = try await Self.picture(PoolFixture.bytes(name))
        #expect(picture.sketch?.thumbnail == picture.luma)
        #expect(picture.query?.luma == picture.luma)
    }

    /// What features take on top of the plane is bounded: the libraries alone hold some 40 MB.
    @Test func aLargePlaneTakesLittleMemoryMore() async throws {
        let plane = try Texture.flat(20_000, 512, 200)
        let pool = try DecoderPool(children: 1, limits: DecodeLimits(memoryBytes: 96 << 20))
        let picture = try await pool.picture(from: CraftedPNG.bytes(plane), wanting: [.registration, .query])
        #expect(picture.luma == plane)
        #expect(picture.sketch == nil && picture.query?.readings[.plain]?.features.isEmpty == true)
        #expect(pool.counters.restarts == 0)
    }
}
