/// From photo to provable inclusion, in this process with two children, at half of what was just measured.
struct PhotoLatency {
    let surroundings: Surroundings
    let scale: Scale

    private static let children = 2
    /// Fewer than the pool lets wait.
    private static let inFlight = 8

    func round() async throws -> [Sample] {
        let photos = Array(try surroundings.photos(scale.photos))
        let capacity = try await run(photos.count) { log in
            let (_, seconds) = try await timed {
                try await forEach(photos, width: Self.inFlight) { _ = try await PhotoIngest.register($0, in: log) }
            }
            return Double(photos.count) / seconds
        }
        let load = OpenLoop(perSecond: capacity / 2, seconds: Double(photos.count) / (capacity / 2))
        let times = try await run(photos.count) { log in
            try await load.milliseconds { number in _ = try await PhotoIngest.register(photos[number], in: log) }
        }
        return [
            Sample("latency.photos.load", load.perSecond, "photos/s"),
            Sample("latency.photos.p50", times[0.5], "ms"),
            Sample("latency.photos.p99", times[0.99], "ms", mark: "< 100"),
        ]
    }

    /// With children that have started: by two photos that no run measures.
    private func run<Result>(_ count: Int, _ work: (TemporaryLog) async throws -> Result) async throws -> Result {
        let log = try TemporaryLog(surroundings, children: Self.children, keepsOriginals: true)
        defer { log.close() }
        let others = try surroundings.photos(count + Self.children).suffix(Self.children)
        try await forEach(others, width: Self.children) { _ = try await PhotoIngest.register($0, in: log) }
        return try await work(log)
    }
}
