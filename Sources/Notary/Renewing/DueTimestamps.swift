import Anchoring
import OpenSSL

/// Timestamps that wait for a token to renew them by, each run of one digest algorithm.
struct DueTimestamps {
    private var runs: [DigestAlgorithm: [RenewableTimestamp]] = [:]

    mutating func add(_ timestamp: RenewableTimestamp, _ order: RenewalOrder) {
        let algorithm = order.isOfHashTree ? .sha512 : (try? timestamp.record.newestAlgorithm()) ?? .sha256
        runs[algorithm, default: []].append(timestamp)
    }

    /// A run that has as many as one token takes.
    mutating func takeFull() -> [RenewableTimestamp]? {
        guard let full = runs.first(where: { $0.value.count >= RenewalRun.recordLimit }) else { return nil }
        runs[full.key] = nil
        return full.value
    }

    mutating func takeAll() -> [[RenewableTimestamp]] {
        defer { runs = [:] }
        return runs.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value)
    }
}
