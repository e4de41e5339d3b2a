import Dispatch
import Synchronization

/// Owns at most one decoder child and talks to it on a thread of its own, since that blocks.
///
/// Unchecked: ``child`` is used on ``queue`` alone, which is serial; using it elsewhere would break that.
final class DecoderWorker: @unchecked Sendable {
    private let executable: String
    private let limits: DecodeLimits
    private let queue = DispatchQueue(label: "cinnabar.decoder")
    private var child: DecoderChild?
    private let seen = Mutex<(processID: Int32?, isFiltered: Bool?)>((nil, nil))

    init(_ executable: String, _ limits: DecodeLimits) {
        self.executable = executable
        self.limits = limits
    }

    var processID: Int32? { seen.withLock { $0.processID } }
    var isFiltered: Bool? { seen.withLock { $0.isFiltered } }

    /// Runs the job and calls back once, with whether a child was lost.
    func run(_ job: DecoderJob, _ finished: @escaping @Sendable (Result<DecodedPicture, MediaError>, Bool) -> Void) {
        queue.async {
            let (answer, restarted) = self.answer(job)
            finished(answer, restarted)
        }
    }

    private func answer(_ job: DecoderJob) -> (Result<DecodedPicture, MediaError>, restarted: Bool) {
        let died = child.map { !$0.isReady } ?? false
        if died { adopt(nil) }
        do {
            return (.success(try startedChild().decode(job.bytes, as: job.format, wanting: job.wish)), died)
        } catch {
            let isLost = error.code == .timedOut || error.code == .decoderDied
            if isLost { adopt(nil) }
            return (.failure(error), died || isLost)
        }
    }

    /// Ends the child.
    func stop() { queue.async { self.adopt(nil) } }

    private func startedChild() throws(MediaError) -> DecoderChild {
        if let child { return child }
        let child = try DecoderChild(executable, limits: limits)
        adopt(child)
        return child
    }

    private func adopt(_ child: DecoderChild?) {
        self.child = child
        seen.withLock { $0 = (child?.processID, child?.isFiltered ?? $0.isFiltered) }
    }
}
