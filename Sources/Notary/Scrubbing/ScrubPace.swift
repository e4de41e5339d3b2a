import Foundation
import Synchronization

/// Keeps a scrub to its rate, and ends it when it is told to.
final class ScrubPace: Sendable {
    /// A shutdown waits no longer than this for a scrub that sleeps.
    private static let sliceSeconds = 0.05

    private let entriesPerSecond: Int
    private let isCancelled = Atomic<Bool>(false)
    private let next = Mutex(ContinuousClock.now)

    /// - Parameter entriesPerSecond: Entries or rows that it reads in a second; 0 for as fast as it can.
    init(entriesPerSecond: Int) { self.entriesPerSecond = entriesPerSecond }

    /// One piece of work at a time, so that requests keep the other cores.
    var auditPace: AuditPace { AuditPace(workers: 1) { try self.pause($0) } }

    func cancel() { isCancelled.store(true, ordering: .relaxed) }

    private func pause(_ count: Int) throws {
        try checkCancellation()
        guard entriesPerSecond > 0 else { return }
        let due = next.withLock { next in
            let due = max(next, .now)
            next = due + .seconds(Double(count) / Double(entriesPerSecond))
            return due
        }
        while ContinuousClock.now < due {
            let rest = ContinuousClock.now.duration(to: due) / .seconds(1)
            Thread.sleep(forTimeInterval: min(rest, Self.sliceSeconds))
            try checkCancellation()
        }
    }

    private func checkCancellation() throws {
        if isCancelled.load(ordering: .relaxed) { throw CancellationError() }
    }
}
