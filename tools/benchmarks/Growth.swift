import Notary

/// What an entry costs in a large log beside a small one, and how much of the disk it takes.
struct Growth {
    let surroundings: Surroundings
    let scale: Scale

    private static let smallCount = 100_000

    func round() async throws -> [Sample] {
        let log = try TemporaryLog(surroundings)
        try await FilledLog.append(min(Self.smallCount, scale.entries), to: log.notary, for: log.caller)
        let small = try await cost(log.notary, log.caller)
        log.close()
        let filled = try await FilledLog(surroundings, entries: scale.entries)
        let bytes = Double(filled.bytes) / Double(scale.entries)
        let (notary, caller) = try filled.open()
        defer { notary.close() }
        let large = try await cost(notary, caller)
        return [
            Sample("growth.entries", Double(scale.entries), "entries"),
            Sample("growth.small", small.seconds, "µs/entry"),
            Sample("growth.large", large.seconds, "µs/entry"),
            Sample("growth.ratio", large.seconds / small.seconds, "large/small", mark: "≤ 1.3"),
            Sample("growth.small.cpu", small.processor, "µs/entry"),
            Sample("growth.large.cpu", large.processor, "µs/entry"),
            Sample("growth.ratio.cpu", large.processor / small.processor, "large/small"),
            Sample("growth.disk", bytes, "bytes/entry", mark: "< 1200"),
        ]
    }

    /// Microseconds an entry, by the clock and of processors, compaction meanwhile counted in.
    private func cost(_ notary: Notary, _ caller: Caller) async throws -> (seconds: Double, processor: Double) {
        let count = min(Self.smallCount, scale.entries)
        let before = ProcessFacts.current.processorSeconds
        let (_, seconds) = try await timed { try await FilledLog.append(count, to: notary, for: caller) }
        let processor = ProcessFacts.current.processorSeconds - before
        return (seconds * 1e6 / Double(count), processor * 1e6 / Double(count))
    }
}
