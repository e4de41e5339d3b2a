/// One number of one round.
struct Sample: Sendable {
    let name: String
    let value: Double
    let unit: String
    /// What is hoped for, such as `≥ 70`; printed, never asserted.
    let mark: String?

    init(_ name: String, _ value: Double, _ unit: String, mark: String? = nil) {
        self.name = name
        self.value = value
        self.unit = unit
        self.mark = mark
    }
}
