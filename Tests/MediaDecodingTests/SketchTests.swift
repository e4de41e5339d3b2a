import Fingerprints
import Foundation
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
        let plane = try Texture.large.get()
        let sketch = try #require(try await Self.picture(plane, .registration).sketch)
        #expect(sketch.features.frameWidth == 640 && sketch.features.frameHeight == 480)
        #expect(sketch.features.features.count == PictureSketch.featureLimit)
        #expect(sketch.thumbnail.width == 96 && sketch.thumbnail.height == 72)
        #expect(sketch.bytes.count <= 24_000)
        #expect(PictureSketch(bytes: sketch.bytes) == sketch)
    }

    @Test func aQueryHasEveryReading() async throws {
        let plane = try Texture.large.get()
        let query = try #require(try await Self.picture(plane, .query).query)
        #expect(query.luma == plane)
        #expect(Set(query.readings.keys) == Set(QuerySketch.Reading.allCases))
        for features in query.readings.values {
            #expect(features.frameWidth == 800 && features.frameHeight == 600)
            #expect((1000...QuerySketch.featureLimit).contains(features.features.count))
        }
    }

    @Test func theSamePictureGivesTheSameFeatures() async throws {
        let plane = try Texture.medium.get()
        let first = try await Self.picture(plane, [.registration, .query])
        let otherChild = try DecoderPool(children: 1)
        let second = try await otherChild.picture(from: CraftedPNG.bytes(plane), wanting: [.registration, .query])
        #expect(first.sketch == second.sketch)
        #expect(first.query?.readings == second.query?.readings)
    }

    /// The readings are computed from one pyramid, and are those of a picture that really is mirrored or inverted.
    @Test(arguments: [QuerySketch.Reading.mirrored, .inverted])
    func aReadingIsThatOfThePictureItself(reading: QuerySketch.Reading) async throws {
        let plane = try Texture.medium.get()
        let changed = try reading == .mirrored ? Texture.mirrored(plane) : Texture.inverted(plane)
        let read = try #require(try await Self.picture(plane, .query).query?.readings[reading])
        let real = try #require(try await Self.picture(changed, .query).query?.readings[.plain])
        #expect(read.frameWidth == real.frameWidth && read.frameHeight == real.frameHeight)
        var (together, equal) = (0, 0)
        for feature in read.features {
            let same = real.features.first {
                abs(Int($0.x) - Int(feature.x)) <= 1 && abs(Int($0.y) - Int(feature.y)) <= 1
                    && $0.level == feature.level
            }
            guard let same else { continue }
            together += 1
            let turn = Int8(bitPattern: same.angle &- feature.angle).magnitude
            if turn <= 1, same.distanceBits(to: feature) <= 12 { equal += 1 }
        }
        // Of equally strong corners, which one is kept depends on the order they are met in.
        #expect(Double(together) >= 0.9 * Double(read.features.count), "\(together) of \(read.features.count)")
        #expect(Double(equal) >= 0.98 * Double(together), "\(equal) of \(together)")
    }

    /// How a copy lies on its original: a point of the copy is that point of the original, times scale, turned, moved.
    struct Change: Sendable, CustomTestStringConvertible {
        let name: String
        let scale: Double
        let degrees: Double
        let left: Double
        let top: Double
        /// Of the original's features that lie in the copy, the share that has to be found there.
        let share: Double

        var testDescription: String { name }

        func original(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
            let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
            return (left + (x * cosine - y * sine) * scale, top + (x * sine + y * cosine) * scale)
        }

        func copy(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
            let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
            let (x, y) = ((x - left) / scale, (y - top) / scale)
            return (x * cosine + y * sine, y * cosine - x * sine)
        }
    }

    @Test(arguments: [
        Change(name: "crop", scale: 1, degrees: 0, left: 61, top: 37, share: 0.9),
        Change(name: "smaller", scale: 1.7, degrees: 0, left: -60, top: -50, share: 0.4),
        Change(name: "turned", scale: 1, degrees: 20, left: 90, top: -20, share: 0.6),
        Change(name: "all of it", scale: 1.3, degrees: -33, left: -20, top: 150, share: 0.4),
    ])
    func featuresSurvive(change: Change) async throws {
        let original = try #require(try await Self.picture(Texture.medium.get(), .registration).sketch).features
        let plane = try Texture.plane(400, 300) { x, y in
            let point = change.original(x, y)
            return Texture.brightness(point.x, point.y)
        }
        let copy = try #require(try await Self.picture(plane, .query).query?.readings[.plain])
        let steps = Double(LocalFeature.stepsPerPixel)
        var (inside, found) = (0, 0)
        for feature in original.features {
            let place = change.copy(Double(feature.x) / steps, Double(feature.y) / steps)
            // It has to lie inside with all of its patch, on a level that the copy has.
            let level = Double(feature.level) - log(change.scale) / log(1.2)
            let reach = 20 * pow(1.2, level)
            guard (0...6).contains(level.rounded()), (reach...400 - reach).contains(place.x),
                (reach...300 - reach).contains(place.y)
            else { continue }
            inside += 1
            guard let best = copy.features.min(by: { $0.distanceBits(to: feature) < $1.distanceBits(to: feature) }),
                abs(Double(best.x) / steps - place.x) <= 4, abs(Double(best.y) / steps - place.y) <= 4
            else { continue }
            found += 1
        }
        #expect(inside >= 30)
        #expect(Double(found) >= change.share * Double(inside), "\(found) of \(inside)")
    }

    /// One corner full of strong texture and a dull rest: the rest has features too.
    @Test func featuresAreSpreadOverThePicture() async throws {
        let plane = try Texture.plane(640, 480) { x, y in
            let value = Texture.brightness(x, y)
            return x < 320 && y < 240 ? value : 128 + (value - 128) / 8
        }
        let sketch = try #require(try await Self.picture(plane, .registration).sketch)
        let strong = sketch.features.features.filter { $0.x < 320 * 8 && $0.y < 240 * 8 }.count
        #expect(sketch.features.features.count == PictureSketch.featureLimit)
        #expect((95...230).contains(strong), "\(strong) in the strong quarter")
        // So are the first of them.
        let first = sketch.features.features.prefix(96).filter { $0.x < 320 * 8 && $0.y < 240 * 8 }.count
        #expect((24...80).contains(first), "\(first) in the strong quarter")
    }

    /// A pale product before white.
    @Test func dullPicturesHaveFeatures() async throws {
        let plane = try Texture.plane(640, 480) { x, y in
            guard (200..<440).contains(x), (120..<360).contains(y) else { return 255 }
            return 220 + Texture.brightness(x, y) / 8
        }
        let sketch = try #require(try await Self.picture(plane, .registration).sketch)
        #expect(sketch.features.features.count >= 150, "\(sketch.features.features.count)")
    }
}
