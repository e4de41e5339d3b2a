public import Evidence

/// How a program ended and what it wrote.
public struct ProgramRun: Sendable {
    public let status: Int32
    public let outputBytes: [UInt8]
    public let errors: String

    init(status: Int32, output: [UInt8], errors: [UInt8]) {
        self.status = status
        outputBytes = output
        self.errors = String(decoding: errors, as: UTF8.self)
    }

    public var output: String { String(decoding: outputBytes, as: UTF8.self) }

    /// The one JSON document on standard output.
    public var json: JSONValue {
        get throws { try JSONValue(parsing: outputBytes) }
    }

    /// The documents of a stream, one on each line.
    public var jsonLines: [JSONValue] {
        get throws { try output.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) } }
    }
}
