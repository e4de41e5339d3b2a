import Anchoring
import Bytes
import EvidenceStore
import Logging
import OpenSSL
import Synchronization

/// Our own OpenTimestamps calendar: takes digests of anyone, carries them on in rounds to the calendars upstream, and
/// gives the proof when those have one.
///
/// What it promises is on the disk before it is answered, and a round before its root is handed on, so that the same
/// root is handed on after a crash.
final class DigestCalendar: Sendable {
    /// What has become of a commitment.
    enum Finding: Sendable, Equatable {
        case complete([UInt8])
        case waiting
        case unknown
    }

    /// As the stock client sends: a digest of any algorithm.
    static let digestLimitBytes = 64
    /// As real calendars add, so that nobody can tell from a proof which digests were beside it.
    private static let nonceByteCount = 16
    /// In one tree. A proof is computed from all of them at each asking.
    private static let roundLimit = 4096
    /// Trees made at once; more waits for the next time.
    private static let roundsAtOnce = 16
    /// Open rounds asked about at once.
    private static let askedAtOnce = 64

    private let options: CalendarOptions
    private let upstream: Calendars
    private let store: Store
    private let workers: WorkerExecutor
    private let writer: CommitmentWriter
    private let clock: @Sendable () -> UTCTime
    private let logger: Logger
    private let taken = Mutex((second: Int64(0), count: 0))

    /// - Throws: ``NotaryError`` with `.calendarUnusable`.
    init(
        _ options: CalendarOptions,
        store: Store,
        workers: WorkerExecutor,
        clock: @escaping @Sendable () -> UTCTime,
        exchange: @escaping HTTPExchange,
        logger: Logger
    ) throws(NotaryError) {
        guard OTSAttestation.isAddress(options.url.utf8), !options.url.isEmpty else {
            throw NotaryError(
                .calendarUnusable,
                "The calendar's address has at most 1,000 letters, digits and -._/: and nothing else: set calendar.url."
            )
        }
        self.options = options
        upstream = Calendars(urls: options.upstreamURLs, minimum: 1, exchange: exchange)
        self.store = store
        self.workers = workers
        writer = CommitmentWriter(store: store, workers: workers)
        self.clock = clock
        self.logger = logger
    }

    /// Promises to carry a digest on.
    ///
    /// - Parameter digest: 1 to 64 bytes.
    /// - Returns: The promise as a calendar answers: a timestamp of the digest.
    /// - Throws: ``NotaryError`` with `.invalidRequest`, `.calendarUnusable` or `.busy`; what the store throws.
    func promise(_ digest: [UInt8]) async throws -> [UInt8] {
        guard 1...Self.digestLimitBytes ~= digest.count else {
            throw NotaryError(.invalidRequest, "A digest has 1 to \(Self.digestLimitBytes) bytes, sent as they are.")
        }
        guard !options.upstreamURLs.isEmpty else {
            throw NotaryError(
                .calendarUnusable,
                "This calendar has no calendar to carry digests on to; its operator sets calendar.upstream."
            )
        }
        try takePlace()
        let nonce = try SecureRandom.bytes(Self.nonceByteCount)
        let commitment = SHA256.digest(of: digest + nonce)
        try await writer.keep(commitment)
        var end = try OTSTimestamp(message: commitment.bytes)
        end.add(.pending(options.url))
        return try OTSTimestamp(message: digest, by: [.append(nonce), .sha256], to: end).bytes()
    }

    /// What has become of a commitment that was promised.
    func finding(_ commitment: Digest256) async throws -> Finding {
        try await withTaskExecutorPreference(workers) {
            guard let (round, index) = try store.calendarPlace(of: commitment) else {
                return try store.isWaitingForRound(commitment) ? .waiting : .unknown
            }
            // Whether a block is named is the same of any message, so the round's hashes are spent on a proof only.
            guard let bytes = round.proof, try OTSTimestamp(message: commitment.bytes, bytes: bytes).isComplete else {
                return .waiting
            }
            let tree = CommitmentTree(round.commitments)
            let proof = try OTSTimestamp(message: tree.root.bytes, bytes: bytes)
            let timestamp = try OTSTimestamp(message: commitment.bytes, by: tree.operations(from: index), to: proof)
            return .complete(try timestamp.bytes())
        }
    }

    /// Closes rounds and asks what became of them, until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                // Its hashes and synced writes are not for the cooperative pool.
                try await withTaskExecutorPreference(workers) { try await turn() }
            } catch is CancellationError {
                return
            } catch {
                logger.warning("the calendar's round is delayed", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(options.roundSeconds))  // only throws when cancelled
        }
    }

    /// One turn: what waits becomes rounds, and each open round is handed on or asked about.
    ///
    /// - Throws: What the store throws, at once; the first other failure, when every round has had its turn.
    func turn() async throws {
        guard !options.upstreamURLs.isEmpty else { return }
        for _ in 0..<Self.roundsAtOnce where try store.closeCalendarRound(limit: Self.roundLimit) == nil { break }
        var last: UInt64?
        var failure: (any Error)?
        while true {
            let open = try store.openCalendarRounds(after: last, limit: Self.askedAtOnce)
            for round in open {
                do {
                    try await advance(round)
                } catch let error as StoreError {
                    throw error
                } catch let error as CancellationError {
                    throw error
                } catch {
                    try Task.checkCancellation()
                    failure = failure ?? error
                }
            }
            guard open.count == Self.askedAtOnce else { break }
            last = open.last?.number
        }
        if let failure { throw failure }
    }

    private func advance(_ round: CalendarRound) async throws {
        let root = CommitmentTree(round.commitments).root.bytes
        let known = try round.proof.map { try OTSTimestamp(message: root, bytes: $0) }
        let timestamp: OTSTimestamp
        if let known {
            timestamp = try await upstream.upgraded(known)
        } else {
            timestamp = try await upstream.submit(root)
        }
        guard timestamp != known else { return }
        try store.putCalendarProof(try timestamp.bytes(), of: round.number, isComplete: timestamp.isComplete)
    }

    /// - Throws: ``NotaryError`` with `.busy` past the limit of this second.
    private func takePlace() throws(NotaryError) {
        let second = clock().seconds
        let isFree = taken.withLock { taken in
            if taken.second != second { taken = (second, 0) }
            taken.count += 1
            return taken.count <= options.digestsPerSecond
        }
        guard isFree else {
            throw NotaryError(.busy, "The calendar takes \(options.digestsPerSecond) digests a second. Try again soon.")
        }
    }
}
