/// The eight ways to turn and mirror a picture on a pixel grid, named as the reference's Python bindings name them.
public enum Orientation: String, CaseIterable, Sendable {
    case original
    /// A quarter turn counter-clockwise: the right edge comes to the top.
    case rotate90
    case rotate180
    /// A quarter turn clockwise: the left edge comes to the top.
    case rotate270
    /// The top edge comes to the bottom.
    case flipVertical
    /// The left edge comes to the right.
    case flipHorizontal
    /// Rows become columns: mirrored at the diagonal from the top left corner.
    case rotate90FlipVertical
    /// Mirrored at the diagonal from the top right corner.
    case rotate90FlipHorizontal

    /// Whether it takes a mirror, and not turning alone.
    public var isMirroring: Bool {
        switch self {
        case .original, .rotate90, .rotate180, .rotate270: false
        case .flipVertical, .flipHorizontal, .rotate90FlipVertical, .rotate90FlipHorizontal: true
        }
    }

    /// Its place in ``allCases``.
    var position: Int { Self.allCases.firstIndex(of: self)! }
}
