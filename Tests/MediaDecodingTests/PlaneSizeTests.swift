import Fingerprints
import MediaDecoding
import Testing

/// The short side is kept at 512 or more, and nothing is ever enlarged.
struct PlaneSizeTests {
    @Test(arguments: [("two-halves.jpg", 550, 515), ("two-halves.png", 550, 515)])
    func largePicturesAreShrunkByAWholeFactor(name: String, width: Int, height: Int) async throws {
        let picture = try await PoolFixture.picture(name)
        #expect(picture.width == 1100 && picture.height == 1030)
        #expect(picture.luma.width == width && picture.luma.height == height)
        let row = picture.luma.pixels.prefix(width)
        #expect(
            row.prefix(270).allSatisfy { abs(Int($0) - 200) <= 2 }
                && row.suffix(270).allSatisfy { abs(Int($0) - 40) <= 2 }
        )
    }

    @Test func edgeBlocksAverageThePixelsTheyHave() async throws {
        // 1600 = 533 · 3 + 1.
        let picture = try await PoolFixture.picture("large.webp")
        #expect(picture.width == 1600 && picture.luma.width == 534 && picture.luma.height == 534)
        #expect(picture.luma.pixels.allSatisfy { $0 == 255 })
    }
}
