#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Fingerprints

extension CopyEvidence {
    /// The picture looked for is nothing but the registered one when that takes up so much of it.
    private static let wholeShare = 0.7
    /// The registered picture is all there when so much of it is.
    private static let presentShare = 0.85
    /// A scanner's or a careless hand's turn is none.
    private static let leastTurnDegrees = 8.0

    /// - Parameters:
    ///   - reading: How the picture looked for was read.
    ///   - stretch: Width over height of the picture looked for, and of the registered one.
    /// - Returns: `nil` when the evidence is not enough.
    func verdict(
        reading: QuerySketch.Reading,
        stretch: (query: Double, registered: Double)
    ) -> CopyVerdict? {
        guard outline.count >= 3, let margin = CopyRule.margin(self), let back = map.inverse else { return nil }
        let registered = outline.compactMap(back.image(of:)).map(RegionOutline.clamped)
        guard registered.count >= 3, back.elements.allSatisfy(\.isFinite) else { return nil }
        let isMirrored = RegionOutline.area(of: outline) < 0
        return CopyVerdict(
            kind: kind(isMirrored: isMirrored, stretch: stretch),
            method: inliers.isEmpty ? .pixels : .features,
            score: (1 + margin) / 2,
            isMirrored: isMirrored,
            isInverted: reading == .inverted,
            transform: back.elements,
            queryRegion: (isMirrored ? outline.reversed() : outline).map { CopyVerdict.Point(x: $0.x, y: $0.y) },
            registeredRegion: registered.map { CopyVerdict.Point(x: $0.x, y: $0.y) },
            inlierCount: inliers.count,
            agreement: tally.agreement
        )
    }

    private func kind(isMirrored: Bool, stretch: (query: Double, registered: Double)) -> CopyVerdict.Kind {
        // Of a turned picture the corners stand out: its box is what the picture looked for was made to hold.
        guard RegionOutline.boxArea(of: outline) >= Self.wholeShare else { return .composite }
        guard pixels.covered >= Self.presentShare else { return .crop }
        if isMirrored { return .mirrored }
        return abs(turnDegrees(stretch)) > Self.leastTurnDegrees ? .rotated : .nearCopy
    }

    /// By how much the registered picture is turned, −180 to 180.
    private func turnDegrees(_ stretch: (query: Double, registered: Double)) -> Double {
        guard let d = map.derivative(at: PlanePoint(x: 0.5, y: 0.5)) else { return 0 }
        // In pixels of one size: the mean turn of what was horizontal and what was vertical.
        let (xx, yx) = (d.xx * stretch.query / stretch.registered, d.yx / stretch.registered)
        let (xy, yy) = (d.xy * stretch.query, d.yy)
        return atan2(yx - xy, xx + yy) * 180 / .pi
    }
}
