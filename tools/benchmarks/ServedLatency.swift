/// From request to provable inclusion over HTTP, the clients in this process beside the server's.
struct ServedLatency {
    let surroundings: Surroundings
    let scale: Scale

    /// Connections that find out what the server and its clients together can do.
    private static let connections = 64

    func round() async throws -> [Sample] {
        let capacity = try await serving { log in
            let count = scale.digests / 4
            let (_, seconds) = try await timed {
                try await forEach(0..<count, width: Self.connections) { try await log.registerDigest($0) }
            }
            return Double(count) / seconds
        }
        let load = OpenLoop(perSecond: capacity / 2, seconds: scale.loadSeconds)
        let times = try await serving { log in try await load.milliseconds { try await log.registerDigest($0) } }
        return [
            Sample("http.digests", capacity, "registrations/s"),
            Sample("latency.http.load", load.perSecond, "registrations/s"),
            Sample("latency.http.p50", times[0.5], "ms", mark: "< 10"),
            Sample("latency.http.p99", times[0.99], "ms", mark: "< 50"),
        ]
    }

    /// With connections that are open, by requests that no run measures.
    private func serving<Result>(_ work: (ServedLog) async throws -> Result) async throws -> Result {
        let log = try ServedLog(surroundings)
        do {
            let others = -Self.connections..<0
            try await forEach(others, width: Self.connections) { try await log.registerDigest($0) }
            let result = try await work(log)
            try await log.close()
            return result
        } catch {
            try await log.close()
            throw error
        }
    }
}
