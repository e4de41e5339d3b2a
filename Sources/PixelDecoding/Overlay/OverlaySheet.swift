import Fingerprints
import MediaDecoding

/// The drawing: two columns, the picture looked for on the left and the registered one on the right; above both as
/// wholes, below the part of both that matches.
struct OverlaySheet {
    private(set) var raster: Raster

    private let request: OverlayRequest
    /// 1 for the greatest width.
    private let scale: Double
    private let panelWidth: Int
    private var top = 0

    private static let columnNames = ["A   Searched for", "B   Registered"]

    init(_ request: OverlayRequest, query: Raster, registered: Raster, transform: PlaneMap) {
        self.request = request
        scale = Double(request.widthPixels) / Double(OverlayRequest.greatestWidthPixels)
        let gap = Self.length(28, scale)
        let panelWidth = (request.widthPixels - 3 * gap) / 2
        self.panelWidth = panelWidth
        let scale = scale
        let wholes = [query, registered].map {
            Self.fitted($0, width: panelWidth, height: Self.length(520, scale))
        }
        let region = Region(corners: request.registeredRegion)
        let pair = AlignedPair(
            query: query,
            registered: registered,
            transform: transform,
            registeredRegion: region,
            width: panelWidth,
            height: Self.length(700, scale)
        )
        let wholeHeight = wholes.map(\.height).max() ?? 0
        let line = Self.length(58, scale)
        let pairHeight = pair.map { $0.query.height + line } ?? 0
        raster = Raster(
            width: request.widthPixels,
            height: gap + line + wholeHeight + pairHeight + Self.length(110, scale),
            filled: .paper
        )
        top = gap
        drawWholes(wholes, height: wholeHeight, gap: gap, line: line)
        let share = pair.map { drawPair($0, gap: gap, line: line) }
        drawLegend(share ?? nil, gap: gap)
    }

    private static func length(_ pixels: Int, _ scale: Double) -> Int {
        max(1, Int((Double(pixels) * scale).rounded()))
    }

    private var textScale: Double { max(0.55, scale) }

    private func left(_ column: Int, _ gap: Int) -> Int { gap + column * (panelWidth + gap) }

    private mutating func drawWholes(_ wholes: [Raster], height: Int, gap: Int, line: Int) {
        for (column, whole) in wholes.enumerated() {
            let x = left(column, gap)
            let place = column == 0 ? request.query : request.registered
            var name = Self.columnNames[column]
            if case .sketch = place { name += " (reduced; the file is not kept)" }
            raster.write(name, x, top, .ink, scale: textScale)
            let corners = column == 0 ? request.queryRegion : request.registeredRegion
            let size = OverlayRequest.Point(Double(whole.width), Double(whole.height))
            let offset = OverlayRequest.Point(Double(x + (panelWidth - whole.width) / 2), Double(top + line))
            raster.place(whole, Int(offset.x), Int(offset.y))
            outline(Region(corners: corners).scaled(by: size, movedBy: offset), within: size, at: offset)
        }
        top += line + height
    }

    /// - Returns: The share of the matching part that differs.
    private mutating func drawPair(_ pair: AlignedPair, gap: Int, line: Int) -> Double {
        let differences = DifferenceMap(pair, blurPixels: blurPixels(pair))
        top += Self.length(24, scale)
        let names = ["A, laid on B: red is what differs", "B, the same part"]
        let size = OverlayRequest.Point(Double(pair.query.width), Double(pair.query.height))
        for (column, name) in names.enumerated() {
            let x = left(column, gap)
            raster.write(name, x, top, .ink, scale: textScale)
            let (across, down) = (x + (panelWidth - pair.query.width) / 2, top + line - Self.length(16, scale))
            raster.place(column == 0 ? pair.query : pair.registered, across, down)
            tint(differences, across, down, pair, opacity: column == 0 ? 0.5 : 0.0)
            let offset = OverlayRequest.Point(Double(across), Double(down))
            outline(pair.region.scaled(by: .one, movedBy: offset), within: size, at: offset)
        }
        top += line - Self.length(16, scale) + pair.query.height
        return differences.share
    }

    /// Detail that the coarser of the two pictures does not have is not compared.
    private func blurPixels(_ pair: AlignedPair) -> Int {
        let least = Self.length(3, scale)
        guard case .sketch(let plane) = request.registered else { return least }
        return max(least, pair.registered.width / max(1, plane.width) * 2 / 3)
    }

    private mutating func tint(
        _ differences: DifferenceMap,
        _ across: Int,
        _ down: Int,
        _ pair: AlignedPair,
        opacity: Float
    ) {
        for row in 0..<pair.query.height {
            for column in 0..<pair.query.width {
                let strength = differences.strength(column, row)
                guard strength > 0 else { continue }
                // An edge around each patch, so that it also shows on red.
                let edge = max(0, 1 - abs(strength - 0.5) * 3)
                raster.blend(across + column, down + row, .differing, max(opacity * min(1, strength * 1.5), edge * 0.9))
            }
        }
    }

    private mutating func outline(
        _ region: Region,
        within size: OverlayRequest.Point,
        at offset: OverlayRequest.Point
    ) {
        guard region.corners.count >= 3 else { return }
        let inset = 2.5 * scale
        let corners = region.corners.map {
            $0.clamped(lowerBound: offset + inset, upperBound: pointwiseMax(offset + inset, offset + size - inset))
        }
        raster.outline(Region(corners: corners), .matching, thickness: max(2, 4 * scale), seam: max(1, 1.5 * scale))
    }

    private mutating func drawLegend(_ share: Double?, gap: Int) {
        top += Self.length(20, scale)
        var x = gap
        let side = Self.length(24, scale)
        let box = [(0, 0), (side, 0), (side, side), (0, side)].map {
            OverlayRequest.Point(Double(x + $0.0), Double(top + $0.1))
        }
        raster.outline(Region(corners: box), .matching, thickness: max(2, 4 * scale), seam: 0)
        x = raster.write("matching part", x + side + side / 2, top, .ink, scale: textScale) + 2 * side
        raster.fill(x..<x + side, top..<top + side, .differing)
        let differing = share.map { "differs: \(Self.percent($0)) of it" } ?? "differs"
        raster.write(differing, x + side + side / 2, top, .ink, scale: textScale)
        top += Self.length(38, scale)
        raster.write(request.caption, gap, top, .faint, scale: textScale * 0.85)
    }

    private static func percent(_ share: Double) -> String {
        share == 0 ? "0 %" : share < 0.01 ? "under 1 %" : "\(Int((share * 100).rounded())) %"
    }

    /// As large as it fits, enlarged at most eightfold.
    private static func fitted(_ picture: Raster, width: Int, height: Int) -> Raster {
        let factor = min(8, min(Double(width) / Double(picture.width), Double(height) / Double(picture.height)))
        let small = picture.reduced(1 / factor)
        let (wide, high) = (
            max(1, Int((Double(picture.width) * factor).rounded(.down))),
            max(1, Int((Double(picture.height) * factor).rounded(.down)))
        )
        let (across, down) = (Double(small.width) / Double(wide), Double(small.height) / Double(high))
        var fitted = Raster(width: wide, height: high, filled: .nothing)
        for row in 0..<high {
            for column in 0..<wide {
                let colour = small.sample((Double(column) + 0.5) * across, (Double(row) + 0.5) * down)
                fitted.set(row * wide + column, Colour(colour))
            }
        }
        return fitted
    }
}
