import Bytes
import Dispatch
import Evidence
import EvidenceStore
import Logging
import Synchronization

/// Audits the log again and again beside a server at work, slowly, and remembers what it found.
///
/// Damage is told by `/healthz`, by the metrics and in the log. Registrations go on: what is damaged is old, and what
/// comes is as good as before.
final class Scrubber: Sendable {
    struct Standing: Sendable {
        /// How far the scrub under way is; `nil` between scrubs.
        var progress: AuditProgress?
        var last: ScrubResult?
        /// Why the last one did not come to its end.
        var failure: String?
        var count = 0
    }

    typealias Audit = @Sendable (AuditPace, (AuditProgress) -> Void) throws -> AuditReport

    private let configuration: NotaryConfiguration
    private let clock: @Sendable () -> UTCTime
    private let logger: Logger
    private let audit: Audit
    private let state: Mutex<Standing>
    /// Reading blocks, so it is done on a thread of its own.
    private let queue = DispatchQueue(label: "cinnabar.scrub", qos: .background)

    init(
        _ configuration: NotaryConfiguration,
        clock: @escaping @Sendable () -> UTCTime,
        logger: Logger,
        audit: @escaping Audit
    ) {
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        self.audit = audit
        state = Mutex(Standing(last: ScrubResult(path: configuration.scrubPath)))
    }

    var isOn: Bool { configuration.scrubIntervalSeconds > 0 }
    var standing: Standing { state.withLock { $0 } }

    /// Scrubs at every interval until the task is cancelled. The first scrub waits until the last one's interval is
    /// over, also over a restart.
    func run() async {
        guard isOn else { return }
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .milliseconds(millisecondsToNext))
                try await scrub()
            } catch is CancellationError {
                return
            } catch {
                fail(error)
            }
        }
    }

    /// One whole scrub, on a thread of its own.
    ///
    /// - Throws: `CancellationError` when the task was cancelled; `StoreError` when the disk does not read.
    func scrub() async throws {
        let pace = ScrubPace(entriesPerSecond: configuration.scrubEntriesPerSecond)
        let started = clock()
        let report = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.async {
                    continuation.resume(
                        with: Result {
                            try self.audit(pace.auditPace) { progress in
                                self.state.withLock { $0.progress = progress }
                            }
                        }
                    )
                }
            }
        } onCancel: {
            pace.cancel()
        }
        let result = ScrubResult(
            started: started,
            finished: clock(),
            entries: report.entries,
            findings: report.findings
        )
        state.withLock { $0 = Standing(last: result, count: $0.count + 1) }
        try result.write(to: configuration.scrubPath)
        tell(result)
    }

    private var millisecondsToNext: Int64 {
        let settling = Int64(configuration.scrubSettlingSeconds) * 1000
        let standing = standing
        let interval = Int64(configuration.scrubIntervalSeconds) * 1000
        // After a failure there is no result to count from: come back in a whole interval, not at once.
        if standing.failure != nil { return interval }
        guard let last = standing.last else { return settling }
        return max(settling, last.finished.milliseconds + interval - clock().milliseconds)
    }

    private func fail(_ error: any Error) {
        let sentence = (error as? StoreError)?.message ?? "The scrub ended with an error; see the log."
        state.withLock { state in
            state.progress = nil
            state.failure = sentence
        }
        logger.error("a scrub did not come to its end", metadata: ["error": "\(error)"])
    }

    private func tell(_ result: ScrubResult) {
        guard !result.isConsistent else {
            return logger.notice("scrubbed the log, all consistent", metadata: ["entries": "\(result.entries)"])
        }
        logger.error(
            "a scrub found damage: stop the server, keep the store as it is, and run `cinnabar log audit`",
            metadata: ["findings": "\(result.findings.count)", "first": "\(result.findings[0])"]
        )
    }
}

extension Scrubber.Standing {
    var json: JSONValue {
        var json: [String: JSONValue] = ["last": last?.json ?? .null]
        if let progress {
            json["running"] = ["entries": .integer(progress.entries), "total": .integer(progress.total)]
        }
        if let failure { json["failure"] = .string(failure) }
        return .object(json)
    }

    /// Metrics of a scrubber that is on.
    var metrics: [Metric] {
        [
            Metric("cinnabar_scrubs_total", "Scrubs that came to their end.", .counter, count),
            Metric(
                "cinnabar_scrub_findings",
                "Findings of the last scrub.",
                .gauge,
                last?.findings.count ?? 0
            ),
            Metric(
                "cinnabar_scrub_finished_seconds",
                "When the last scrub ended, in seconds since 1970.",
                .gauge,
                last.map { $0.finished.seconds } ?? 0
            ),
            Metric(
                "cinnabar_scrub_entries",
                "Entries that the scrub under way has read.",
                .gauge,
                progress?.entries ?? 0
            ),
        ]
    }
}
