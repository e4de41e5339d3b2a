public import Fingerprints

/// A picture that is looked for, prepared so that many registered ones are held against it quickly.
///
/// Features decide where the pictures lie on each other, pixels whether they show the same there. The same pictures
/// always get the same answer: nothing is left to chance.
public struct PreparedQuery: Sendable {
    /// Descriptors that differ in more bits are of different places.
    private static let descriptorLimit = 64
    /// Fewer features that go together are chance, whatever the pixels say.
    private static let leastInliers = 8

    private let tables: [QuerySketch.Reading: FeatureTable]
    private let pyramid: LumaPyramid

    public init(_ sketch: QuerySketch) {
        tables = sketch.readings.mapValues(FeatureTable.init)
        pyramid = LumaPyramid(sketch.luma)
    }

    /// What features and pixels say together.
    ///
    /// - Returns: `nil` for no match.
    public func verdict(on registered: PictureSketch, reading: QuerySketch.Reading) -> CopyVerdict? {
        evidence(for: registered, reading: reading)?
            .verdict(reading: reading, stretch: stretches(with: registered))
    }

    /// What pixels say alone, for pictures with too few features: the whole of one is held against the whole of the
    /// other.
    ///
    /// - Parameter orientation: How the picture looked for is turned to look like the registered one.
    /// - Returns: `nil` for no match.
    public func verdict(byPixelsOn registered: PictureSketch, orientation: Orientation) -> CopyVerdict? {
        let (map, pixels) = comparison(with: registered.thumbnail, by: orientation.map, isInverted: false)
        return CopyEvidence(map: map, inliers: [], pixels: pixels)
            .verdict(reading: .plain, stretch: stretches(with: registered))
    }

    /// `nil` when too few features go together.
    func evidence(for registered: PictureSketch, reading: QuerySketch.Reading) -> CopyEvidence? {
        guard let query = tables[reading] else { return nil }
        let table = FeatureTable(registered.features)
        let pairs = query.pairs(with: table, within: Self.descriptorLimit)
        guard let found = TransformSearch(width: table.width, height: table.height).best(of: pairs),
            found.inliers.count >= Self.leastInliers
        else { return nil }
        var map = Homography(stretchX: table.width, stretchY: table.height)
            .followed(by: found.transform)
            .followed(by: Homography(stretchX: 1 / query.width, stretchY: 1 / query.height))
        if reading == .mirrored { map = map.followed(by: Orientation.flipHorizontal.map) }
        let (corrected, pixels) = comparison(with: registered.thumbnail, by: map, isInverted: reading == .inverted)
        return CopyEvidence(map: corrected, inliers: found.inliers, pixels: pixels)
    }

    /// Twice: first with room for the map's error, which is then corrected.
    private func comparison(
        with thumbnail: LumaPlane,
        by map: Homography,
        isInverted: Bool
    ) -> (Homography, PixelComparison) {
        let first = PixelComparison(
            thumbnail: thumbnail,
            query: pyramid,
            map: map,
            isInverted: isInverted,
            shiftLimit: 2
        )
        let corrected = first.corrected(map) ?? map
        let second = PixelComparison(
            thumbnail: thumbnail,
            query: pyramid,
            map: corrected,
            isInverted: isInverted,
            shiftLimit: 1
        )
        return (corrected, second)
    }

    private func stretches(with registered: PictureSketch) -> (query: Double, registered: Double) {
        let frame = registered.features
        return (
            query: Double(pyramid.width) / Double(pyramid.height),
            registered: Double(frame.frameWidth) / Double(frame.frameHeight)
        )
    }
}
