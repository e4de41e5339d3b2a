import Dispatch

/// Threads for work that keeps a core busy, such as hashing and encrypting: one for each core, beside the cooperative
/// pool, which stays free to move requests along.
///
/// ```swift
/// await withTaskExecutorPreference(notary.workers) { … }
/// ```
public final class WorkerExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "cinnabar.workers", attributes: .concurrent)

    init() {}

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // Safe: the closure keeps this executor alive while the job runs.
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
