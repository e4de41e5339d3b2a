/// The times of many requests.
struct Percentiles {
    private let sorted: [Double]

    /// - Parameter values: At least one.
    init(_ values: [Double]) { sorted = values.sorted() }

    /// The smallest value that at least this share of all values does not exceed.
    ///
    /// - Parameter share: Above 0, at most 1.
    subscript(share: Double) -> Double {
        sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
    }
}
