import Fingerprints
import Testing

@testable import SimilarityIndex

/// Sketches that no picture has: answers stay finite and within bounds.
@Suite struct HostileSketchTests {
    private let photo = SyntheticPhoto(seed: 31)

    /// Features placed by a rule, all different unless `isOne`.
    private func features(count: Int, isOne: Bool = false, place: (Int) -> (Int, Int)) -> LocalFeatures {
        var generator = SeededGenerator(state: 5)
        let features = (0..<count).map { index in
            let (x, y) = place(index)
            let descriptor: SIMD4<UInt64> =
                isOne
                ? SIMD4(1, 2, 3, 4) : SIMD4(generator.next(), generator.next(), generator.next(), generator.next())
            return LocalFeature(
                x: UInt16(x),
                y: UInt16(y),
                level: isOne ? 255 : UInt8(index % 5),
                angle: UInt8(truncatingIfNeeded: isOne ? 0 : index),
                descriptor: descriptor
            )
        }
        guard let all = LocalFeatures(frameWidth: 640, frameHeight: 480, features: features) else {
            fatalError("frame")
        }
        return all
    }

    private func verdict(
        _ query: LocalFeatures,
        _ registered: LocalFeatures,
        pixelsOf other: SyntheticPhoto? = nil
    ) -> CopyVerdict? {
        let luma = SyntheticScene(of: photo).query().luma
        let thumbnail = (other ?? photo).sketch.thumbnail
        return PreparedQuery(QuerySketch(readings: [.plain: query], luma: luma))
            .verdict(on: PictureSketch(features: registered, thumbnail: thumbnail), reading: .plain)
    }

    private func expectBounded(_ verdict: CopyVerdict?) {
        guard let verdict else { return }
        #expect((0...1).contains(verdict.score) && (0...1).contains(verdict.agreement))
        #expect(verdict.transform.count == 9 && verdict.transform.allSatisfy(\.isFinite))
        for region in [verdict.queryRegion, verdict.registeredRegion] {
            #expect((3...8).contains(region.count))
            #expect(region.allSatisfy { (0...1).contains($0.x) && (0...1).contains($0.y) })
        }
    }

    @Test func `no features`() {
        let none = features(count: 0) { _ in (0, 0) }
        #expect(verdict(none, none) == nil)
        #expect(verdict(photo.sketch.features, none) == nil)
        #expect(verdict(none, photo.sketch.features) == nil)
    }

    @Test func `all features the same`() {
        let one = features(count: 380, isOne: true) { _ in (100, 100) }
        #expect(verdict(one, one) == nil)
        // The same descriptor everywhere.
        let spread = features(count: 380, isOne: true) { ($0 * 13 % 5000, $0 * 29 % 3800) }
        expectBounded(verdict(spread, spread))
    }

    @Test func `all features in one place make no match`() {
        let cluster = features(count: 200) { _ in (2000, 1500) }
        #expect(verdict(cluster, cluster) == nil)
        let narrow = features(count: 200) { (2000 + $0 % 20, 1500 + $0 / 20) }
        expectBounded(verdict(narrow, narrow))
    }

    @Test func `features on one line`() {
        let line = features(count: 200) { (25 * $0, 10 * $0) }
        expectBounded(verdict(line, line))
        let upright = features(count: 200) { (2560, 19 * $0) }
        expectBounded(verdict(upright, upright))
    }

    @Test func `places that no map of pictures joins`() {
        let straight = features(count: 300) { ($0 * 37 % 5000, $0 * 91 % 3800) }
        // Mirrored without saying so, squeezed to a line, and turned inside out.
        let mirrored = features(count: 300) { (5000 - $0 * 37 % 5000, $0 * 91 % 3800) }
        let squeezed = features(count: 300) { ($0 * 37 % 5000, $0 * 91 % 3800 / 40) }
        let folded = features(count: 300) { (abs($0 * 37 % 5000 - 2500), $0 * 91 % 3800) }
        for query in [mirrored, squeezed, folded] { expectBounded(verdict(query, straight)) }
        #expect(verdict(mirrored, straight) == nil && verdict(squeezed, straight) == nil)
    }

    @Test(arguments: [(5, 5), (5, 96), (96, 5), (17, 96)])
    func `thumbnails of any size`(width: Int, height: Int) throws {
        let plane = try LumaPlane(
            width: width,
            height: height,
            pixels: (0..<width * height).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        )
        let features = photo.sketch.features
        let query = PreparedQuery(QuerySketch(readings: [.plain: features], luma: plane))
        let sketch = PictureSketch(features: features, thumbnail: plane)
        expectBounded(query.verdict(on: sketch, reading: .plain))
        for orientation in Orientation.allCases {
            expectBounded(query.verdict(byPixelsOn: sketch, orientation: orientation))
        }
    }

    @Test func `anything made by chance`() {
        var generator = SeededGenerator(state: 77)
        for round in 0..<12 {
            let places = (0..<300).map { _ in
                (Int.random(in: 0...5120, using: &generator), Int.random(in: 0...3840, using: &generator))
            }
            let others = (0..<300).map { _ in
                (Int.random(in: 0...5120, using: &generator), Int.random(in: 0...3840, using: &generator))
            }
            // The same descriptors at unrelated places.
            let found = verdict(
                features(count: 300) { places[$0] },
                features(count: 300) { others[$0] },
                pixelsOf: SyntheticPhoto(seed: 32)
            )
            #expect(found == nil, "round \(round)")
        }
    }
}
