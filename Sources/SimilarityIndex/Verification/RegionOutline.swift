/// Polygons in parts of a picture's width and height.
enum RegionOutline {
    /// Clockwise, y running down.
    static let unitSquare = [
        PlanePoint(x: 0, y: 0), PlanePoint(x: 1, y: 0), PlanePoint(x: 1, y: 1), PlanePoint(x: 0, y: 1),
    ]

    /// Cuts a convex polygon at the picture's edges (Sutherland and Hodgman, 1974).
    static func clipped(_ polygon: [PlanePoint]) -> [PlanePoint] {
        // The distance inside each edge: left, right, top, bottom.
        let insides: [(PlanePoint) -> Double] = [{ $0.x }, { 1 - $0.x }, { $0.y }, { 1 - $0.y }]
        return insides.reduce(polygon) { cut($0, by: $1) }.map(clamped)
    }

    /// What rounding put beyond an edge, on it.
    static func clamped(_ point: PlanePoint) -> PlanePoint {
        PlanePoint(x: max(0, min(1, point.x)), y: max(0, min(1, point.y)))
    }

    private static func cut(_ polygon: [PlanePoint], by inside: (PlanePoint) -> Double) -> [PlanePoint] {
        var cut: [PlanePoint] = []
        for (index, point) in polygon.enumerated() {
            let next = polygon[(index + 1) % polygon.count]
            let (here, there) = (inside(point), inside(next))
            if here >= 0 { cut.append(point) }
            if (here >= 0) != (there >= 0) {
                let share = here / (here - there)
                cut.append(
                    PlanePoint(x: point.x + share * (next.x - point.x), y: point.y + share * (next.y - point.y))
                )
            }
        }
        return cut
    }

    /// Positive when clockwise, y running down.
    static func area(of polygon: [PlanePoint]) -> Double {
        var sum = 0.0
        for (index, point) in polygon.enumerated() {
            let next = polygon[(index + 1) % polygon.count]
            sum += point.x * next.y - next.x * point.y
        }
        return sum / 2
    }

    /// The upright box around it, as a share of the picture.
    static func boxArea(of polygon: [PlanePoint]) -> Double {
        guard let left = polygon.map(\.x).min(), let right = polygon.map(\.x).max(),
            let top = polygon.map(\.y).min(), let bottom = polygon.map(\.y).max()
        else { return 0 }
        return (right - left) * (bottom - top)
    }
}
