import MediaDecoding

/// A convex polygon on a raster, in its pixels.
struct Region {
    let corners: [OverlayRequest.Point]

    /// The smallest box around it.
    var bounds: (least: OverlayRequest.Point, greatest: OverlayRequest.Point) {
        let first = corners.first ?? .zero
        return corners.reduce((first, first)) { bounds, corner in
            (pointwiseMin(bounds.0, corner), pointwiseMax(bounds.1, corner))
        }
    }

    /// Whether a point lies in it, whichever way round its corners run.
    func contains(_ point: OverlayRequest.Point) -> Bool {
        guard corners.count >= 3 else { return false }
        var sides = (left: false, right: false)
        for (position, corner) in corners.enumerated() {
            let next = corners[(position + 1) % corners.count]
            let cross = (next.x - corner.x) * (point.y - corner.y) - (next.y - corner.y) * (point.x - corner.x)
            if cross > 0 { sides.left = true }
            if cross < 0 { sides.right = true }
        }
        return !(sides.left && sides.right)
    }

    func scaled(by factor: OverlayRequest.Point, movedBy offset: OverlayRequest.Point = .zero) -> Region {
        Region(corners: corners.map { $0 * factor + offset })
    }

    /// Each side as its two ends.
    var sides: [(OverlayRequest.Point, OverlayRequest.Point)] {
        corners.indices.map { (corners[$0], corners[($0 + 1) % corners.count]) }
    }
}
