import Fingerprints
import Testing

@testable import SimilarityIndex

/// Copies of made-up photos: each kind is found, and where.
@Suite struct CopyKindTests {
    private let photo = SyntheticPhoto(seed: 4)

    @Test func `the same picture is a near copy all over`() throws {
        let found = SyntheticScene(of: photo).verdict(on: photo.sketch)
        let verdict = try #require(found)
        #expect(verdict.kind == .nearCopy && verdict.method == .features)
        #expect(!verdict.isMirrored && !verdict.isInverted)
        #expect(verdict.agreement > 0.95 && verdict.score > 0.9 && verdict.score <= 1)
        #expect(verdict.inlierCount > 150)
        expect(verdict.transform, near: [1, 0, 0, 0, 1, 0, 0, 0, 1])
        for region in [verdict.queryRegion, verdict.registeredRegion] { #expect(area(of: region) > 0.95) }
    }

    @Test func `tones may change`() throws {
        var scene = SyntheticScene(of: photo)
        scene.tone = { 40 + 0.6 * $0 }
        #expect(kind(scene) == .nearCopy)
        scene.tone = { 255 * ($0 / 255) * ($0 / 255) }
        #expect(kind(scene) == .nearCopy)
    }

    @Test func `dark for bright needs the inverted reading`() throws {
        var scene = SyntheticScene(of: photo)
        scene.tone = { 255 - $0 }
        let found = scene.verdict(on: photo.sketch, reading: .inverted)
        let verdict = try #require(found)
        #expect(verdict.kind == .nearCopy && verdict.isInverted)
        #expect(kind(scene) == nil)
    }

    @Test func `a mirrored picture says so, and its transform mirrors`() throws {
        let scene = SyntheticScene(photo, map: Orientation.flipHorizontal.map)
        let found = scene.verdict(on: photo.sketch, reading: .mirrored)
        let verdict = try #require(found)
        #expect(verdict.kind == .mirrored && verdict.isMirrored)
        expect(verdict.transform, near: [-1, 0, 1, 0, 1, 0, 0, 0, 1])
        #expect(area(of: verdict.queryRegion) > 0.95)
    }

    @Test(arguments: [20.0, 90, 135, -60])
    func `a turned picture is found where it lies`(degrees: Double) throws {
        let scene = SyntheticScene(photo, map: SyntheticScene.turned(degrees, scale: 0.7))
        let found = scene.verdict(on: photo.sketch)
        let verdict = try #require(found)
        // The box around the turned picture fills the scene only for some turns.
        #expect([.rotated, .composite].contains(verdict.kind))
        #expect(area(of: verdict.registeredRegion) > 0.9)
        let back = try #require(SyntheticScene.turned(degrees, scale: 0.7).inverse)
        expect(verdict.transform, near: back.elements)
    }

    @Test func `a turn of half a circle is rotated`() throws {
        let scene = SyntheticScene(photo, map: Orientation.rotate180.map)
        #expect(kind(scene) == .rotated)
    }

    @Test func `a part is a crop, and the region says which`() throws {
        // The middle half of the photo fills the scene.
        var scene = SyntheticScene(photo, map: SyntheticScene.box(x: -0.5, y: -0.5, width: 2, height: 2))
        scene.frameWidth = 640
        let found = scene.verdict(on: photo.sketch)
        let verdict = try #require(found)
        #expect(verdict.kind == .crop)
        #expect(abs(area(of: verdict.registeredRegion) - 0.25) < 0.02)
        #expect(area(of: verdict.queryRegion) > 0.95)
    }

    @Test func `a photo in a page is a part of a composite`() throws {
        let scene = SyntheticScene(SyntheticPhoto(seed: 5), map: .identity)
            .with(photo, x: 0.1, y: 0.2, width: 0.45, height: 0.45)
        let found = scene.verdict(on: photo.sketch)
        let verdict = try #require(found)
        #expect(verdict.kind == .composite)
        #expect(abs(area(of: verdict.queryRegion) - 0.45 * 0.45) < 0.02)
        #expect(area(of: verdict.registeredRegion) > 0.95)
    }

    @Test func `a banner over a quarter leaves a near copy`() throws {
        let banner = SyntheticPhoto(seed: 7, featureCount: 60)
        let scene = SyntheticScene(of: photo).with(banner, x: 0, y: 0.75, width: 1, height: 0.25)
        let found = scene.verdict(on: photo.sketch)
        let verdict = try #require(found)
        #expect(verdict.kind == .nearCopy)
        #expect(verdict.agreement < 0.85)
    }

    @Test func `a stretched copy is found`() throws {
        let scene = SyntheticScene(photo, map: SyntheticScene.box(x: 0.15, y: 0, width: 0.7, height: 1))
        #expect(kind(scene) != nil)
    }

    @Test func `the same question has the same answer`() throws {
        let scene = SyntheticScene(photo, map: SyntheticScene.turned(7, scale: 0.8))
        let found = scene.verdict(on: photo.sketch)
        let first = try #require(found)
        for _ in 0..<3 {
            let again = scene.verdict(on: photo.sketch)
            #expect(again == first)
        }
    }

    @Test(arguments: Orientation.allCases)
    func `pixels alone know all eight orientations`(orientation: Orientation) throws {
        let query = SyntheticScene(SyntheticPhoto(seed: 8, featureCount: 0), map: orientation.map.inverse ?? .identity)
        let registered = SyntheticPhoto(seed: 8, featureCount: 0).sketch
        // `orientation.map` leads from the turned picture to the one before: the scene is the one before.
        let scene = PreparedQuery(query.query())
        for other in Orientation.allCases {
            let verdict = scene.verdict(byPixelsOn: registered, orientation: other)
            #expect((verdict != nil) == (other == inverted(orientation)), "\(other)")
            if let verdict { #expect(verdict.method == .pixels && verdict.inlierCount == 0) }
        }
    }

    /// The orientation that undoes another.
    private func inverted(_ orientation: Orientation) -> Orientation {
        switch orientation {
        case .rotate90: .rotate270
        case .rotate270: .rotate90
        default: orientation
        }
    }

    private func kind(_ scene: SyntheticScene) -> CopyVerdict.Kind? { scene.verdict(on: photo.sketch)?.kind }

    private func expect(_ transform: [Double], near wanted: [Double]) {
        #expect(transform.count == 9)
        for (value, wish) in zip(transform, wanted) { #expect(abs(value - wish) < 0.03, "\(transform)") }
    }

    private func area(of region: [CopyVerdict.Point]) -> Double {
        abs(RegionOutline.area(of: region.map { PlanePoint(x: $0.x, y: $0.y) }))
    }
}
