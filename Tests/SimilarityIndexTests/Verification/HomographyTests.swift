import Testing

@testable import SimilarityIndex

@Suite struct HomographyTests {
    private let tilted = Homography(elements: [0.9, 0.1, 0.05, -0.08, 1.1, 0.02, 0.1, -0.06, 1])
    private let points: [PlanePoint] = (0..<20).map { (index: Int) -> PlanePoint in
        PlanePoint(x: Double(index * 7 % 20) / 20, y: Double(index * index % 20) / 20)
    }

    @Test func `the way back leads back`() throws {
        let back = try #require(tilted.inverse)
        for point in points {
            let there = try #require(tilted.image(of: point))
            let again = try #require(back.image(of: there))
            #expect(again.squaredDistance(to: point) < 1e-18)
        }
        #expect(Homography(elements: [1, 2, 0, 2, 4, 0, 0, 0, 1]).inverse == nil)
    }

    @Test func `maps follow each other in order`() throws {
        let scaled = Homography(stretchX: 2, stretchY: 3)
        let moved = Homography(scale: 1, angle: 0, x: 1, y: 1)
        let image = try #require(scaled.followed(by: moved).image(of: PlanePoint(x: 1, y: 1)))
        #expect(image == PlanePoint(x: 3, y: 4))
    }

    @Test func `behind the horizon there is nothing`() {
        let map = Homography(elements: [1, 0, 0, 0, 1, 0, -2, 0, 1])
        #expect(map.image(of: PlanePoint(x: 0.6, y: 0)) == nil)
        #expect(map.derivative(at: PlanePoint(x: 0.5, y: 0)) == nil)
        #expect(!map.isPlausible(width: 1, height: 1))
    }

    @Test func `fits recover what made the points`() throws {
        let turned = Homography(scale: 0.7, angle: 0.4, x: 0.1, y: -0.2)
        let sheared = Homography(elements: [0.9, 0.2, 0.1, -0.1, 1.2, 0, 0, 0, 1])
        try expectFit(.similarity, of: turned, within: 1e-9)
        try expectFit(.affine, of: sheared, within: 1e-9)
        // The tilt is held back a little.
        try expectFit(.projective, of: tilted, within: 5e-3)
    }

    private func expectFit(_ freedom: Homography.Freedom, of map: Homography, within tolerance: Double) throws {
        let images = points.compactMap(map.image(of:))
        let fitted = try #require(Homography.fitted(freedom, from: points, to: images))
        for (point, image) in zip(points, images) {
            let found = try #require(fitted.image(of: point))
            #expect(found.squaredDistance(to: image) < tolerance * tolerance)
        }
    }

    @Test func `points that leave a map open give none`() {
        let line = (0..<10).map { PlanePoint(x: Double($0) / 10, y: Double($0) / 20) }
        #expect(Homography.fitted(.affine, from: line, to: line) == nil)
        #expect(Homography.fitted(.projective, from: line, to: line) == nil)
        let one = [PlanePoint](repeating: PlanePoint(x: 0.5, y: 0.5), count: 10)
        #expect(Homography.fitted(.similarity, from: one, to: one) == nil)
        #expect(Homography.fitted(.similarity, from: [one[0]], to: [one[0]]) == nil)
        #expect(Homography.fitted(.affine, from: [], to: []) == nil)
    }

    @Test func `what no copy is like is not plausible`() {
        #expect(Homography.identity.isPlausible(width: 1, height: 0.7))
        #expect(!Homography(stretchX: -1, stretchY: 1).isPlausible(width: 1, height: 0.7))
        #expect(!Homography(stretchX: 3, stretchY: 1).isPlausible(width: 1, height: 0.7))
        #expect(!Homography(stretchX: 0.01, stretchY: 0.01).isPlausible(width: 1, height: 0.7))
        #expect(!Homography(stretchX: 0, stretchY: 1).isPlausible(width: 1, height: 0.7))
    }

    @Test func `polygons are cut at the edges`() {
        let square = [(-0.5, 0.5), (0.5, -0.5), (1.5, 0.5), (0.5, 1.5)].map { PlanePoint(x: $0.0, y: $0.1) }
        let cut = RegionOutline.clipped(square)
        #expect(abs(RegionOutline.area(of: cut) - 1) < 1e-12)
        #expect(RegionOutline.clipped(square.map { PlanePoint(x: $0.x + 3, y: $0.y) }).isEmpty)
        #expect(RegionOutline.area(of: RegionOutline.unitSquare.reversed()) == -1)
    }
}
