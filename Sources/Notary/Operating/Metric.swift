/// One sample for a metrics page, named as Prometheus has it.
public struct Metric: Sendable {
    public enum Kind: String, Sendable { case counter, gauge }

    public let name: String
    public let help: String
    public let kind: Kind
    public let labels: [String: String]
    public let value: Double

    init(_ name: String, _ help: String, _ kind: Kind, _ value: some BinaryInteger, labels: [String: String] = [:]) {
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
        self.value = Double(value)
    }
}
