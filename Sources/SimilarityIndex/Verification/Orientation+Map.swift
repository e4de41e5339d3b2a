import Fingerprints

extension Orientation {
    /// From the picture turned so, to the picture before, both in parts of width and height.
    var map: Homography {
        switch self {
        case .original: .identity
        case .rotate90: Homography(elements: [0, -1, 1, 1, 0, 0, 0, 0, 1])
        case .rotate180: Homography(elements: [-1, 0, 1, 0, -1, 1, 0, 0, 1])
        case .rotate270: Homography(elements: [0, 1, 0, -1, 0, 1, 0, 0, 1])
        case .flipVertical: Homography(elements: [1, 0, 0, 0, -1, 1, 0, 0, 1])
        case .flipHorizontal: Homography(elements: [-1, 0, 1, 0, 1, 0, 0, 0, 1])
        case .rotate90FlipVertical: Homography(elements: [0, 1, 0, 1, 0, 0, 0, 0, 1])
        case .rotate90FlipHorizontal: Homography(elements: [0, -1, 1, -1, 0, 1, 0, 0, 1])
        }
    }
}
