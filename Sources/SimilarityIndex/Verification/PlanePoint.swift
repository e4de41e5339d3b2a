/// A point of a picture, in parts of its longer side unless said otherwise; x to the right, y down.
struct PlanePoint: Sendable, Equatable {
    var x: Double
    var y: Double

    func squaredDistance(to other: Self) -> Double {
        let (dx, dy) = (x - other.x, y - other.y)
        return dx * dx + dy * dy
    }
}
