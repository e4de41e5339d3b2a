import EvidenceStore
import Logging
import MerkleLog

/// Takes the lanes' newest signed checkpoints into the top log, so that one root covers all of them.
struct TopLog: Sendable {
    /// One checkpoint of each lane in this time, however many batches it had: as often as the built-in authority stamps.
    static let intervalMilliseconds = 1000

    let lanes: Lanes
    let top: Lane
    let store: Store
    let logger: Logger

    /// Takes what is new at every interval, until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                try await take()
            } catch {
                logger.warning("the top log took no checkpoints", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .milliseconds(Self.intervalMilliseconds))  // only throws when cancelled
        }
    }

    /// Takes the newest checkpoint of every lane that has one which the top log has not. Taking one twice at the same
    /// time makes one entry: the sequencer knows.
    func take() async throws {
        var entries: [Sequencer.Submission] = []
        for lane in lanes.registering {
            let head = lane.published.current
            let last = try store.latestLaneCheckpoint(of: lane.id)?.size ?? .empty
            guard head.size > last else { continue }
            let entry = PlainEntry(.checkpoint(of: lane.id, size: head.size), head.signed)
            entries.append(Sequencer.Submission(entry: .plain(entry)))
        }
        if !entries.isEmpty { _ = try await top.sequencer.append(entries) }
    }
}
