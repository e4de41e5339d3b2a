import Foundation

/// wrk, a load generator in C, on the same machine: it takes little of what it measures.
struct LoadGenerator {
    /// What came back in a run.
    struct Outcome {
        let perSecond: Double
        /// From request to answer in milliseconds; of requests that never wait for their turn, so stalls count once.
        let p50: Double
        let p99: Double
    }

    /// As many as keep both the disk and the cores busy: a batch is written while the next one gathers.
    static let connections = 256

    let scratch: String
    let seconds: Int

    /// GETs one path again and again.
    func get(_ url: String) throws -> Outcome { try run([url]) }

    /// Registers a digest of its own with every request.
    func register(at url: String, authorization: String) throws -> Outcome {
        let folder = try TemporaryFolder(in: scratch)
        let script = folder.path + "/register.lua"
        try Data(Self.script(authorization).utf8).write(to: URL(fileURLWithPath: script))
        return try run(["--script", script, url + "/"])
    }

    private func run(_ arguments: [String]) throws -> Outcome {
        let wrk = try ProgramRun(
            "/usr/bin/wrk",
            ["--threads", "1", "--connections", "\(Self.connections)", "--duration", "\(seconds)s", "--latency"]
                + arguments,
            keepsOutput: true
        )
        let text = String(decoding: try wrk.finished(), as: UTF8.self)
        let lines = text.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
        func value(after name: String) -> Substring? { lines.first { $0.first == Substring(name) }?.last }
        guard !text.contains("Non-2xx"), let rate = value(after: "Requests/sec:").flatMap({ Double($0) }),
            let p50 = value(after: "50%").flatMap(Self.milliseconds),
            let p99 = value(after: "99%").flatMap(Self.milliseconds)
        else { throw BenchmarkError("wrk did not get what it asked for:\n\(text)") }
        return Outcome(perSecond: rate, p50: p50, p99: p99)
    }

    private static func milliseconds(_ text: Substring) -> Double? {
        for (unit, factor) in [("us", 0.001), ("ms", 1), ("s", 1000)] where text.hasSuffix(unit) {
            return Double(text.dropLast(unit.count)).map { $0 * factor }
        }
        return nil
    }

    private static func script(_ authorization: String) -> String {
        """
        local headers = { ["Authorization"] = "\(authorization)", ["Content-Type"] = "application/json" }
        local run = string.format("%032x", \(UInt64.random(in: 0..<1 << 48)))
        local number = 0
        function request()
            number = number + 1
            local digest = run .. string.format("%032x", number)
            return wrk.format("POST", "/v1/registrations", headers, '{"digests":{"sha256":"' .. digest .. '"}}')
        end
        """
    }
}
