/// Samples of one name, and their text.
struct MetricFamily: Sendable {
    enum Kind: String, Sendable { case counter, gauge, histogram }

    struct Sample: Sendable {
        /// `_bucket`, `_sum`, `_count` of a histogram; otherwise empty.
        var suffix = ""
        var labels: [(name: String, value: String)] = []
        var value: Double
    }

    let name: String
    let help: String
    let kind: Kind
    var samples: [Sample]

    /// Prometheus text exposition format, version 0.0.4.
    var text: String {
        let help = Self.escaped(help, quotes: false)
        return samples.reduce(into: "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n") { text, sample in
            let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
            let block = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
            text += "\(name)\(sample.suffix)\(block) \(Self.number(sample.value))\n"
        }
    }

    static func number(_ value: Double) -> String {
        // Counts are written as integers as long as a double holds them exactly.
        value == value.rounded() && value.magnitude < 9e15 ? String(Int64(value)) : String(value)
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        let plain = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        return quotes ? plain.replacing("\"", with: "\\\"") : plain
    }
}
