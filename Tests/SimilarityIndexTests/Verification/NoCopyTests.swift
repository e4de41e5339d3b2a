import Fingerprints
import Testing

@testable import SimilarityIndex

/// Different pictures that share something: no match, and no crash, whatever they share.
@Suite struct NoCopyTests {
    private let photo = SyntheticPhoto(seed: 11)
    private let other = SyntheticPhoto(seed: 12)

    private func isMatch(_ scene: SyntheticScene, _ registered: SyntheticScene) -> Bool {
        scene.verdict(on: registered.sketch) != nil
    }

    @Test func `different photos do not match`() {
        for seed in 20..<26 as Range<UInt64> {
            #expect(!isMatch(SyntheticScene(of: SyntheticPhoto(seed: seed)), SyntheticScene(of: photo)))
        }
    }

    @Test func `the same banner on different photos is no match`() {
        let banner = SyntheticPhoto(seed: 13, featureCount: 200)
        let scenes = [photo, other].map {
            SyntheticScene(of: $0).with(banner, x: 0, y: 0.7, width: 1, height: 0.3)
        }
        #expect(!isMatch(scenes[0], scenes[1]))
        #expect(isMatch(scenes[0], scenes[0]))
    }

    @Test func `the same sticker on different photos is no match`() {
        let sticker = SyntheticPhoto(seed: 14, featureCount: 120)
        let scenes = [photo, other].map {
            SyntheticScene(of: $0).with(sticker, x: 0.6, y: 0.1, width: 0.25, height: 0.25)
        }
        #expect(!isMatch(scenes[0], scenes[1]))
    }

    @Test func `the same logo in different corners is no match`() {
        let logo = SyntheticPhoto(seed: 15, featureCount: 120)
        let left = SyntheticScene(of: photo).with(logo, x: 0.02, y: 0.02, width: 0.25, height: 0.25)
        let right = SyntheticScene(of: other).with(logo, x: 0.73, y: 0.73, width: 0.25, height: 0.25)
        // Under the logo's map the pictures overlap in the logo alone, which agrees in full.
        #expect(!isMatch(left, right) && !isMatch(right, left))
    }

    @Test func `the same page around different photos is no match`() {
        let page = SyntheticPhoto(seed: 16, featureCount: 380)
        let scenes = [photo, other].map {
            SyntheticScene(of: page).with($0, x: 0.2, y: 0.2, width: 0.5, height: 0.6)
        }
        #expect(!isMatch(scenes[0], scenes[1]))
    }

    @Test func `features alone do not make a match`() {
        // The features of one photo before the pixels of another.
        let sketch = PictureSketch(features: photo.sketch.features, thumbnail: other.sketch.thumbnail)
        let verdict = SyntheticScene(of: photo).verdict(on: sketch)
        #expect(verdict == nil)
    }

    @Test func `pixels of the whole do not help when features disagree`() {
        let sketch = PictureSketch(features: other.sketch.features, thumbnail: photo.sketch.thumbnail)
        let verdict = SyntheticScene(of: photo).verdict(on: sketch)
        #expect(verdict == nil)
    }

    @Test func `flat pictures never match, by features or by pixels`() throws {
        let plane = try LumaPlane(width: 96, height: 72, pixels: [UInt8](repeating: 250, count: 96 * 72))
        let features = photo.sketch.features
        let sketch = PictureSketch(features: features, thumbnail: plane)
        let query = PreparedQuery(QuerySketch(readings: [.plain: features], luma: plane))
        #expect(query.verdict(on: sketch, reading: .plain) == nil)
        for orientation in Orientation.allCases {
            #expect(query.verdict(byPixelsOn: sketch, orientation: orientation) == nil)
        }
    }

    @Test func `different pixels do not match by pixels`() {
        let query = PreparedQuery(SyntheticScene(of: photo).query())
        for orientation in Orientation.allCases {
            #expect(query.verdict(byPixelsOn: other.sketch, orientation: orientation) == nil)
        }
    }

    @Test func `a mirrored picture does not match in the plain reading`() {
        let scene = SyntheticScene(photo, map: Orientation.flipHorizontal.map)
        #expect(!isMatch(scene, SyntheticScene(of: photo)))
    }

    @Test func `a reading that was not made finds nothing`() {
        let query = PreparedQuery(SyntheticScene(of: photo).query())
        #expect(query.verdict(on: photo.sketch, reading: .mirrored) == nil)
    }
}
