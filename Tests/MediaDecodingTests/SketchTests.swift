import Fingerprints
import MediaDecoding
import Testing

/// What a decoder child makes of pictures besides their planes.
struct SketchTests {
    private static func picture(_ plane: LumaPlane, _ wish: DecodeWish) async throws -> DecodedPicture {
        try await PoolFixture.pool.get().picture(from: CraftedPNG.bytes(plane), wanting: wish)
    }

    @Test func nothingIsMadeThatWasNotWanted() async throws {
        let plane = try Texture.plane(200, 150)
        let bare = try await Self.picture(plane, .plane)
        #expect(bare.sketch == nil && bare.query == nil)
        #expect(bare.luma == plane)
        let both = try await Self.picture(plane, [.registration, .query])
        #expect(try await Self.picture(plane, .registration).sketch == both.sketch)
        #expect(try await Self.picture(plane, .registration).query == nil)
        #expect(try await Self.picture(plane, .query).query?.readings == both.query?.readings)
        #expect(try await Self.picture(plane, .query).sketch == nil)
    }

    @Test func aSketchFitsItsLimits() async throws {
        let plane = try Texture.plane(900, 600)
        let sketch = try #require(try await Self.picture(plane, .registration).sketch)
        #expect(sketch.features.frameWidth == 640 && sketch.features.frameHeight == 427)
        #expect(sketch.features.features.count == PictureSketch.featureLimit)
        #expect(sketch.thumbnail.width == 96 && sketch.thumbnail.height == 64)
        #expect(sketch.bytes.count <= 24_000)
        #expect(PictureSketch(bytes: sketch.bytes) == sketch)
    }

    @Test func aQueryHasEveryReading() async throws {
        let plane = try Texture.plane(900, 600)
        let query = try #require(try await Self.picture(plane, .query).query)
        #expect(query.luma == plane)
        #expect(Set(query.readings.keys) == Set(QuerySketch.Reading.allCases))
        for features in query.readings.values {
            #expect(features.frameWidth == 900 && features.frameHeight == 600)
            #expect((1000...QuerySketch.featureLimit).contains(features.features.count))
        }
    }
}
