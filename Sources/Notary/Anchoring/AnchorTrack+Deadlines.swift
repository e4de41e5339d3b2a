import Anchoring
import Bytes
import EvidenceStore
import Logging
import MerkleLog

extension AnchorTrack {
    /// Until when an entry of a batch of this time was promised an anchor: its turn comes within an interval, and the
    /// outsider then has its deadline.
    nonisolated func dueMilliseconds(forBatchAt batchTime: Int64) -> Int64 {
        max(batchTime, standing.start) + Int64(plan.intervalSeconds + plan.deadlineSeconds) * 1000
    }

    /// Until when the oldest entry past so many was promised an anchor; `nil` when there is none.
    nonisolated func dueMilliseconds(after size: TreeSize) throws -> Int64? {
        guard log.head().size > size,
            let first = try store.checkpoint(atOrAfter: TreeSize(size.value + 1), lane: log.lane)
        else { return nil }
        return dueMilliseconds(forBatchAt: first.batchTime)
    }

    /// Until when the oldest entry that this outsider has not confirmed was promised; `nil` when it confirmed all.
    nonisolated func dueBy() throws -> UTCTime? {
        try dueMilliseconds(after: standing.size).map { UTCTime(milliseconds: $0) }
    }

    /// Whether a promise is broken now.
    nonisolated func isLate() throws -> Bool { try dueBy().map { $0 < clock() } ?? false }

    /// Tells the log, once, that a deadline was missed, or that the outsider has caught up.
    nonisolated func alarm() {
        guard let isLate = try? isLate() else { return }
        let wasLate = change { standing in
            defer { standing.isLate = isLate }
            return standing.isLate
        }
        guard isLate != wasLate else { return }
        let metadata: Logger.Metadata = [
            "outsider": "\(name)", "reason": "\(standing.lastFailure ?? "it has not confirmed")",
        ]
        if isLate {
            logger.warning("an outsider missed its deadline", metadata: metadata)
        } else {
            logger.notice("an outsider has caught up", metadata: ["outsider": "\(name)"])
        }
    }

    nonisolated func note(failure sentence: String, nextAttempt: Int64? = nil) {
        let isNew = change { standing in
            defer { standing.lastFailure = sentence }
            standing.failures += 1
            return standing.lastFailure != sentence
        }
        // A disk that is full says so at every look: once is enough for the log.
        guard isNew || nextAttempt != nil else { return }
        var metadata: Logger.Metadata = ["outsider": "\(name)", "reason": "\(sentence)"]
        if let nextAttempt { metadata["nextAttempt"] = "\(UTCTime(milliseconds: nextAttempt))" }
        logger.warning("an outsider did not commit", metadata: metadata)
    }

    nonisolated static func sentence(_ error: any Error) -> String {
        switch error {
        case let error as OutsiderError: error.message
        case let error as TimestampError: error.message
        case let error as NotaryError: error.message
        case let error as StoreError: error.message
        default: "The outsider could not be reached."
        }
    }
}
