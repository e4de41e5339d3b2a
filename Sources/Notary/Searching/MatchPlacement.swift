import Evidence
import Fingerprints
import MediaDecoding

/// How the two pictures of a match lie on each other, by what its answer says.
struct MatchPlacement {
    let transform: [Double]
    let queryRegion: [OverlayRequest.Point]
    let registeredRegion: [OverlayRequest.Point]
    /// One line in ASCII.
    let caption: String

    private static let whole = [(0.0, 0.0), (1, 0), (1, 1), (0, 1)].map { OverlayRequest.Point($0.0, $0.1) }

    /// - Parameter match: As a search answers it.
    init(_ match: JSONValue) {
        let geometry = match["geometry"]
        let numbers = geometry?["transform"]?.arrayValue?.compactMap(\.doubleValue) ?? []
        let regions = ["region", "registeredRegion"].map { Self.region(geometry?[$0]) }
        if numbers.count == 9, regions.allSatisfy({ $0.count >= 3 }) {
            transform = numbers
            (queryRegion, registeredRegion) = (regions[0], regions[1])
        } else {
            // Equal bytes lie as they are; what PDQ found lies as PDQ turned it.
            let orientation = match["orientation"]?.stringValue.flatMap(Orientation.init(rawValue:)) ?? .original
            transform = orientation.transform
            (queryRegion, registeredRegion) = (Self.whole, Self.whole)
        }
        caption = Self.caption(match)
    }

    private static func caption(_ match: JSONValue) -> String {
        var parts = [match["kind"]?.stringValue ?? ""]
        if let geometry = match["geometry"], geometry["result"] == "confirmed" {
            let agreement = Int(((geometry["agreement"]?.doubleValue ?? 0) * 100).rounded())
            parts.append("\(geometry["inliers"]?.integerValue ?? 0) details fit, \(agreement) % agrees")
        } else if match["geometry"]?["result"] == "not confirmed" {
            parts.append("not confirmed by details")
        }
        if let bits = match["distanceBits"]?.integerValue { parts.append("PDQ: \(bits) of 256 bits differ") }
        if let time = match["registeredAt"]?.stringValue { parts.append("registered \(time)") }
        return parts.joined(separator: ";  ")
    }

    private static func region(_ json: JSONValue?) -> [OverlayRequest.Point] {
        (json?.arrayValue ?? []).compactMap { point in
            guard let numbers = point.arrayValue?.compactMap(\.doubleValue), numbers.count == 2 else { return nil }
            return OverlayRequest.Point(numbers[0], numbers[1])
        }
    }
}

extension JSONValue {
    fileprivate var doubleValue: Double? {
        guard case .number(let text) = self else { return nil }
        return Double(text)
    }
}

extension Orientation {
    /// Where a point of the picture comes when it is turned so, both in parts of width and height; row-major 3 × 3.
    var transform: [Double] {
        switch self {
        case .original: [1, 0, 0, 0, 1, 0, 0, 0, 1]
        case .rotate90: [0, 1, 0, -1, 0, 1, 0, 0, 1]
        case .rotate180: [-1, 0, 1, 0, -1, 1, 0, 0, 1]
        case .rotate270: [0, -1, 1, 1, 0, 0, 0, 0, 1]
        case .flipVertical: [1, 0, 0, 0, -1, 1, 0, 0, 1]
        case .flipHorizontal: [-1, 0, 1, 0, 1, 0, 0, 0, 1]
        case .rotate90FlipVertical: [0, 1, 0, 1, 0, 0, 0, 0, 1]
        case .rotate90FlipHorizontal: [0, -1, 1, -1, 0, 1, 0, 0, 1]
        }
    }
}
