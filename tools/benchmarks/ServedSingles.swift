/// Registrations over HTTP one by one, sent by wrk, beside the smallest thing that the same server answers.
struct ServedSingles {
    let surroundings: Surroundings
    let scale: Scale

    func round() async throws -> [Sample] {
        let log = try ServedLog(surroundings)
        do {
            let load = LoadGenerator(scratch: surroundings.scratch, seconds: max(1, Int(scale.loadSeconds)))
            let limit = try load.get(log.url + "/healthz")
            _ = try load.register(at: log.url, authorization: log.authorization)  // opens files, fills caches
            let before = log.server.facts.processorSeconds
            let singles = try load.register(at: log.url, authorization: log.authorization)
            let processor = log.server.facts.processorSeconds - before
            let count = singles.perSecond * Double(load.seconds)
            try await log.close()
            return [
                Sample("singles.limit.health", limit.perSecond, "requests/s"),
                Sample("singles", singles.perSecond, "registrations/s", mark: "≥ 10000"),
                Sample("singles.share", 100 * singles.perSecond / limit.perSecond, "% of limit"),
                Sample("singles.cpu", processor * 1e6 / count, "µs/registration"),
                Sample("singles.p50", singles.p50, "ms"),
                Sample("singles.p99", singles.p99, "ms"),
            ]
        } catch {
            try await log.close()
            throw error
        }
    }
}
