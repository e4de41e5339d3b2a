import Bytes
import EvidenceStore

/// Writes commitments that come while the disk is busy together, in one synced write.
actor CommitmentWriter {
    /// What a waiting submission is told: its write is done, or it writes the next ones.
    private enum Turn { case done, next }

    private struct Waiting {
        let commitment: Digest256
        let continuation: CheckedContinuation<Turn, any Error>
    }

    /// In one write: some hundred kilobytes.
    private static let batchLimit = 4096

    private let store: Store
    private let workers: WorkerExecutor
    private var waiting: [Waiting] = []
    private var isWriting = false

    init(store: Store, workers: WorkerExecutor) {
        self.store = store
        self.workers = workers
    }

    /// Returns once the commitment is on the disk.
    func keep(_ commitment: Digest256) async throws {
        if isWriting {
            let turn = try await withCheckedThrowingContinuation {
                waiting.append(Waiting(commitment: commitment, continuation: $0))
            }
            if turn == .done { return }
        }
        isWriting = true
        let others = Array(waiting.prefix(Self.batchLimit))
        waiting.removeFirst(others.count)
        let result = await written([commitment] + others.map(\.commitment))
        for other in others { other.continuation.resume(with: result.map { Turn.done }) }
        // Who came meanwhile is next; their commitment is in the write that they make.
        if waiting.isEmpty { isWriting = false } else { waiting.removeFirst().continuation.resume(returning: .next) }
        try result.get()
    }

    private func written(_ commitments: [Digest256]) async -> Result<Void, any Error> {
        let store = store
        do {
            return .success(try await withTaskExecutorPreference(workers) { try await Self.write(commitments, store) })
        } catch { return .failure(error) }
    }

    /// Off the actor, on the workers' threads.
    private nonisolated static func write(_ commitments: [Digest256], _ store: Store) async throws {
        try store.putCommitments(commitments)
    }
}
