import MediaDecoding

/// Both pictures in one frame: the registered picture's, cut to the part that matches and a margin around it.
struct AlignedPair {
    /// The picture looked for, laid on the registered one; ``Colour/nothing`` where it has nothing.
    let query: Raster
    let registered: Raster
    /// The matching part, in pixels of the frame.
    let region: Region
    /// For each pixel whether it lies in the region and both pictures have it.
    let isShared: [Bool]

    /// Around the matching part, of its width and height: what a crop left away shows a little.
    private static let margin = 0.06

    /// - Parameters:
    ///   - width: The most pixels of the frame's width.
    ///   - height: The most pixels of its height.
    /// - Returns: `nil` when the part has no area, or the transform cannot be turned round.
    init?(
        query: Raster,
        registered: Raster,
        transform: PlaneMap,
        registeredRegion: Region,
        width: Int,
        height: Int
    ) {
        guard let back = transform.inverse else { return nil }
        let size = OverlayRequest.Point(Double(registered.width), Double(registered.height))
        let whole = (OverlayRequest.Point.zero, OverlayRequest.Point(1, 1))
        let bounds = registeredRegion.bounds
        let extent = bounds.greatest - bounds.least
        let least = pointwiseMax(bounds.least - extent * Self.margin, whole.0)
        let greatest = pointwiseMin(bounds.greatest + extent * Self.margin, whole.1)
        let span = greatest - least
        guard span.x > 0, span.y > 0 else { return nil }
        // Larger than it is by at most so much that a small part fills its place.
        let scale = min(Double(width) / (span.x * size.x), Double(height) / (span.y * size.y))
        let frame = (
            max(1, Int((span.x * size.x * scale).rounded())), max(1, Int((span.y * size.y * scale).rounded()))
        )
        let perPixel = span / OverlayRequest.Point(Double(frame.0), Double(frame.1))
        region = Region(corners: registeredRegion.corners.map { ($0 - least) / perPixel })
        let smallRegistered = registered.reduced(1 / scale)
        let smallQuery = query.reduced(Self.queryScale(query, back, least + span / 2, perPixel))
        let registeredSize = OverlayRequest.Point(Double(smallRegistered.width), Double(smallRegistered.height))
        let querySize = OverlayRequest.Point(Double(smallQuery.width), Double(smallQuery.height))

        var left = Raster(width: frame.0, height: frame.1, filled: .nothing)
        var right = Raster(width: frame.0, height: frame.1, filled: .nothing)
        var isShared = [Bool](repeating: false, count: frame.0 * frame.1)
        for row in 0..<frame.1 {
            for column in 0..<frame.0 {
                let place = row * frame.0 + column
                let pixel = OverlayRequest.Point(Double(column) + 0.5, Double(row) + 0.5)
                let point = least + pixel * perPixel
                let there = point * registeredSize
                right.set(place, Colour(smallRegistered.sample(there.x, there.y)))
                guard let origin = back.map(point), Self.isInside(origin) else { continue }
                let here = origin * querySize
                left.set(place, Colour(smallQuery.sample(here.x, here.y)))
                isShared[place] = region.contains(pixel)
            }
        }
        self.query = left
        self.registered = right
        self.isShared = isShared
    }

    private static func isInside(_ point: OverlayRequest.Point) -> Bool {
        (0...1).contains(point.x) && (0...1).contains(point.y)
    }

    /// How many pixels of the picture looked for go into one of the frame, in its middle.
    private static func queryScale(
        _ query: Raster,
        _ back: PlaneMap,
        _ middle: OverlayRequest.Point,
        _ perPixel: OverlayRequest.Point
    ) -> Double {
        guard let here = back.map(middle), let right = back.map(middle + OverlayRequest.Point(perPixel.x, 0)),
            let down = back.map(middle + OverlayRequest.Point(0, perPixel.y))
        else { return 1 }
        let size = OverlayRequest.Point(Double(query.width), Double(query.height))
        let (across, below) = ((right - here) * size, (down - here) * size)
        return abs(across.x * below.y - across.y * below.x).squareRoot()
    }
}

extension Colour {
    init(_ colour: SIMD3<Float>) {
        self.init(
            red: UInt8((colour.x + 0.5).clamped(0, 255)),
            green: UInt8((colour.y + 0.5).clamped(0, 255)),
            blue: UInt8((colour.z + 0.5).clamped(0, 255))
        )
    }
}
