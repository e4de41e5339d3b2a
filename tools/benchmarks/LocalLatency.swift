/// From request to provable inclusion, in this process, at half of what was just measured.
struct LocalLatency {
    let surroundings: Surroundings
    let scale: Scale

    func round() async throws -> [Sample] {
        let capacity = try await DigestRegistrations(surroundings: surroundings, scale: scale).perSecond()
        let log = try TemporaryLog(surroundings)
        defer { log.close() }
        let load = OpenLoop(perSecond: capacity / 2, seconds: scale.loadSeconds)
        let times = try await load.milliseconds { number in _ = try await DigestRegistrations.register(number, in: log)
        }
        return [
            Sample("latency.local.load", load.perSecond, "registrations/s"),
            Sample("latency.local.p50", times[0.5], "ms"),
            Sample("latency.local.p99", times[0.99], "ms", mark: "< 100"),
        ]
    }
}
