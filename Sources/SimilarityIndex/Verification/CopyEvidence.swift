import Fingerprints

/// What speaks for one picture holding another: a map, the features that follow it, and the pixels under it.
struct CopyEvidence: Sendable {
    /// From the registered picture to the one looked for, as it was sent, both in parts of width and height.
    let map: Homography
    /// None where pixels alone were compared.
    let inliers: [FeaturePair]
    let pixels: PixelComparison
    let tally: BlockTally
    /// Where the registered picture lies in the one looked for, cut at its edges: corners in the order of the registered
    /// picture's, clockwise there.
    let outline: [PlanePoint]

    init(map: Homography, inliers: [FeaturePair], pixels: PixelComparison) {
        self.map = map
        self.inliers = inliers
        self.pixels = pixels
        tally = BlockTally(pixels.blocks)
        let corners = RegionOutline.unitSquare.compactMap(map.image(of:))
        outline = corners.count == 4 ? RegionOutline.clipped(corners) : []
    }

    /// The share of the picture looked for that the registered one makes up, 0 to 1.
    var explained: Double { abs(RegionOutline.area(of: outline)) }
}
