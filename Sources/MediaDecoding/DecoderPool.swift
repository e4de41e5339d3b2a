import Dispatch
import Glibc
import Synchronization

/// Decodes pictures in child processes, a fixed number at a time; more wait in order.
///
/// A child starts with its first file and serves many. One that dies, hangs or answers nonsense is killed and replaced,
/// and costs the file it worked on. Children hold no descriptor, environment or folder of this process.
public final class DecoderPool: Sendable {
    /// What happened since the pool was made.
    public struct Counters: Sendable, Equatable {
        /// Files that became pictures.
        public internal(set) var decoded: UInt64 = 0
        /// Files that did not, whatever the reason.
        public internal(set) var refused: UInt64 = 0
        /// Children that were replaced.
        public internal(set) var restarts: UInt64 = 0
    }

    /// The default for the most waiting files: at a hundred a second and child, the last waits a few seconds.
    public static let defaultWaitingLimit = 256

    public let limits: DecodeLimits
    public let executable: String
    private let waitingLimit: Int
    private let state: Mutex<State>

    private struct State {
        var idle: [DecoderWorker]
        var workers: [DecoderWorker]
        var waiting: [DecoderJob] = []
        var counters = Counters()
        var isShutDown = false
    }

    /// - Parameters:
    ///   - executable: The decoder program; `nil` means `cinnabar-decoder` beside the running program.
    ///   - children: The most child processes, at least 1; by default one per core.
    ///   - waitingLimit: The most files that wait for a child.
    /// - Throws: ``MediaError`` `.decoderUnavailable` when there is no such program.
    public init(
        executable: String? = nil,
        children: Int = DecoderPool.coreCount,
        waitingLimit: Int = defaultWaitingLimit,
        limits: DecodeLimits = DecodeLimits()
    ) throws(MediaError) {
        precondition(children >= 1, "a pool without children decodes nothing")
        self.executable = try decoderExecutable(executable)
        self.limits = limits
        self.waitingLimit = waitingLimit
        let path = self.executable
        let workers = (0..<children).map { _ in DecoderWorker(path, limits) }
        state = Mutex(State(idle: workers, workers: workers))
    }

    deinit { shutdown() }

    /// Decodes the first frame or page.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - wish: What to make of the picture besides its plane.
    /// - Throws: ``MediaError``. The format is told by the signature bytes.
    public func picture(
        from bytes: [UInt8],
        wanting wish: DecodeWish = .plane
    ) async throws(MediaError) -> DecodedPicture {
        let answer: Result<DecodedPicture, MediaError>
        do {
            let format = try checkedFormat(bytes)
            answer = await withCheckedContinuation { continuation in
                submit(DecoderJob(bytes: bytes, format: format, wish: wish, continuation: continuation))
            }
        } catch {
            answer = .failure(error)
        }
        state.withLock { state in
            switch answer {
            case .success: state.counters.decoded += 1
            case .failure: state.counters.refused += 1
            }
        }
        return try answer.get()
    }

    public var counters: Counters { state.withLock { $0.counters } }

    /// Whether the kernel filters the children's system calls; `nil` before the first child is ready.
    public var isFiltered: Bool? { state.withLock { $0.workers.lazy.compactMap(\.isFiltered).first } }

    /// Ends the children. A file in work is still answered; waiting and later ones get `.decoderUnavailable`.
    public func shutdown() {
        let (idle, waiting) = state.withLock { state in
            defer { (state.idle, state.waiting) = ([], []) }
            state.isShutDown = true
            return (state.idle, state.waiting)
        }
        for worker in idle { worker.stop() }
        for job in waiting { job.continuation.resume(returning: .failure(Self.shutDown)) }
    }

    /// The processes that live now.
    package var processIDs: [Int32] { state.withLock { $0.workers.compactMap(\.processID) } }
}

extension DecoderPool {
    /// The processors that this process may use, at least 1.
    public static var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    private static let shutDown = MediaError(.decoderUnavailable, "The decoder is shut down.")

    private func checkedFormat(_ bytes: [UInt8]) throws(MediaError) -> MediaFormat {
        guard bytes.count <= limits.inputBytes else {
            throw MediaError(.tooManyBytes, "The file has more than \(limits.inputBytes) bytes.")
        }
        guard let format = MediaFormat.picture(signatureOf: bytes) else {
            throw MediaError(.unsupportedFormat, "The file is no JPEG, PNG, WebP, TIFF, GIF, HEIF or AVIF.")
        }
        return format
    }

    private func submit(_ job: DecoderJob) {
        let refusal: MediaError? = state.withLock { state in
            if state.isShutDown { return Self.shutDown }
            if let worker = state.idle.popLast() {
                start(job, on: worker)
                return nil
            }
            guard state.waiting.count < waitingLimit else {
                return MediaError(.busy, "\(waitingLimit) files wait for a decoder already.")
            }
            state.waiting.append(job)
            return nil
        }
        if let refusal { job.continuation.resume(returning: .failure(refusal)) }
    }

    private func start(_ job: DecoderJob, on worker: DecoderWorker) {
        worker.run(job) { answer, restarted in
            self.finish(worker, restarted: restarted)
            job.continuation.resume(returning: answer)
        }
    }

    private func finish(_ worker: DecoderWorker, restarted: Bool) {
        let isShutDown = state.withLock { state in
            if restarted { state.counters.restarts += 1 }
            if state.isShutDown { return true }
            if state.waiting.isEmpty {
                state.idle.append(worker)
            } else {
                start(state.waiting.removeFirst(), on: worker)
            }
            return false
        }
        if isShutDown { worker.stop() }
    }
}
