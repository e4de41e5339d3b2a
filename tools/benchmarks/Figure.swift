import Evidence

/// The median of a number over all rounds, with the lowest and the highest.
struct Figure: Sendable {
    let name: String
    let unit: String
    let mark: String?
    let median: Double
    let low: Double
    let high: Double

    /// - Parameter samples: Of one name, at least one.
    init(_ samples: [Sample]) {
        let sorted = samples.map(\.value).sorted()
        name = samples[0].name
        unit = samples[0].unit
        mark = samples[0].mark
        median =
            sorted.count.isMultiple(of: 2)
            ? (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2 : sorted[sorted.count / 2]
        low = sorted[0]
        high = sorted[sorted.count - 1]
    }

    static let heading = "name\tvalue\tunit\tlowest\thighest\tmark"

    var line: String {
        "\(name)\t\(Self.text(median))\t\(unit)\t\(Self.text(low))\t\(Self.text(high))\t\(mark ?? "")"
    }

    var json: JSONValue {
        [
            "name": .string(name), "value": .number(Self.text(median)), "unit": .string(unit),
            "lowest": .number(Self.text(low)), "highest": .number(Self.text(high)),
            "mark": mark.map { .string($0) } ?? .null,
        ]
    }

    /// Three digits that mean something; no timing here is more exact.
    private static func text(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        if abs(value) >= 100 { return String(Int(value.rounded())) }
        let factor = abs(value) >= 10 ? 10.0 : abs(value) >= 1 ? 100.0 : 1000.0
        return String((value * factor).rounded() / factor)
    }
}
