public import Anchoring
public import Bytes
public import Evidence
public import Logging
import Documents
import EvidenceStore
import Fingerprints
import Foundation
import MediaDecoding
import MerkleLog
import OpenSSL
import Synchronization

/// The one place that orders the steps: decode, fingerprint, look for earlier works, write the record, sequence it,
/// have outsiders commit to the log, hand out evidence.
public final class Notary: Sendable {
    /// Stands in every record.
    public static let software = "cinnabar 0.1.0"
    static let selfOperatedName = "self-operated"

    let configuration: NotaryConfiguration
    let store: Store
    let keys: KeyRing
    let keyBook: KeyBook
    let lanes: Lanes
    /// `nil` with one lane.
    let topLog: TopLog?
    let pictures: PictureIndex
    let parts: PartIndex
    let documents = DocumentIndex()
    let documentReader: DocumentReader
    let erasures: Erasures
    let decoder: DecoderPool
    let overlays: OverlayMaker
    let verifierPath: String
    let authority: SelfOperatedAuthority
    let anchoring: AnchorScheduler
    /// `nil` when no witness policy is configured.
    let witnesses: Witnesses?
    let renewer: Renewer
    let scrubber: Scrubber
    let feed: FeedWatcher
    /// `nil` unless the operator opened it.
    let calendar: DigestCalendar?
    /// Whether a change of the log's keys or its end is under way.
    let isChanging = Atomic<Bool>(false)
    /// For work that keeps a core busy, off the cooperative pool.
    public let workers = WorkerExecutor()
    let callers = CallerCache()
    let counters = Counters()
    let clock: @Sendable () -> UTCTime
    let logger: Logger

    /// The log that outsiders see.
    public var origin: String { lanes.outgoing.origin }

    private let timestampRoots: [SigningCertificate]
    private let witnessPolicy: TlogPolicy?

    /// What the log's own operator offers as trust bundle: its keys and the roots of its authorities, past ones too.
    public var trustBundle: TrustBundle {
        TrustBundle(logKeys: keyBook.all, timestampRoots: timestampRoots, witnessPolicy: witnessPolicy)
    }

    /// Opens a data folder, checks it against the guard, mends what a crash may leave, and rebuilds the search index.
    ///
    /// - Parameters:
    ///   - webhooks: Posts hits of watches; `nil` leaves them to the next notary on the folder.
    ///   - exchange: Sends requests to outside timestamp authorities and witnesses.
    /// - Throws: ``NotaryError`` with `.notInitialized`, `.lockedByAnotherProcess`, `.guardMismatch`, `.keyUnusable`,
    ///   `.authorityFailed` (a configured authority's roots or the witness policy do not read) `.decoderFailed` or
    ///   `.verifierFailed` (there is no such program) or `.storeFailed`.
    public init(
        _ configuration: NotaryConfiguration,
        logger: Logger,
        clock: @escaping @Sendable () -> UTCTime = { .now },
        webhooks: WebhookTransport? = nil,
        exchange: @escaping HTTPExchange
    ) throws {
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        let opened = try Recovery(configuration: configuration, clock: clock, logger: logger).open()
        let store = opened.store
        self.store = store
        keys = opened.keys
        let keyBook = KeyBook(opened.lanes)
        self.keyBook = keyBook
        let erasures = Erasures(
            store: store,
            folder: configuration.resolvedErasuresFolder,
            keys: { origin in keyBook.keys(of: origin)?.all ?? [] },
            logger: logger
        )
        try erasures.reconcile()
        self.erasures = erasures
        let steadyClock = SteadyClock(clock)
        let pictures = try PictureIndex(folder: configuration.picturesFolder, store: store, logger: logger)
        try documents.rebuild(from: store)
        self.pictures = pictures
        let parts = try PartIndex(
            folder: configuration.partsFolder,
            store: store,
            isOfThisLog: pictures.isOfThisLog,
            logger: logger
        )
        self.parts = parts
        let end = (opened.lanes.first { $0.id == .top } ?? opened.lanes.first)?.end
        let lanes = Lanes(
            opened.lanes.map { lane in
                Lane(lane.ended(as: end), store: store, clock: steadyClock) { entries in
                    let contents = entries.map { submission, position in (submission.content, position) }
                    pictures.insert(contents)
                    parts.insert(contents)
                }
            },
            end: end
        )
        self.lanes = lanes
        topLog = lanes.top.map { TopLog(lanes: lanes, top: $0, store: store, logger: logger) }
        (decoder, overlays) = try Self.decoders(configuration)
        documentReader = try Self.documentReader(configuration)
        verifierPath = try Self.verifierPath(configuration)
        let authorityClock = try AuthorityClock(steadyClock, store: store, lanes: lanes)
        authority = try SelfOperatedAuthority(
            credentials: opened.keys.authorityCredentials,
            clock: authorityClock.seconds,
            serial: authorityClock.serial
        )
        let outside = try configuration.authorities.map {
            try OutsideAuthority($0, clock: { clock().seconds }, exchange: exchange)
        }
        let builtIn = Self.plan(of: authority, intervalSeconds: configuration.selfOperatedIntervalSeconds)
        anchoring = try AnchorScheduler(
            plans: [builtIn] + outside.map(\.plan) + configuration.outsiders,
            configuration: configuration,
            lane: lanes.outgoing,
            store: store,
            clock: clock,
            exchange: exchange,
            logger: logger
        )
        let policy = try configuration.witnessPolicyPath.map {
            try WitnessPolicyFile.read($0, logKeys: keyBook.keys(of: lanes.outgoing.origin)?.all ?? [])
        }
        witnesses = try policy.map {
            try Witnesses(
                policy: $0,
                store: store,
                lane: lanes.outgoing,
                intervalSeconds: configuration.witnessIntervalSeconds,
                clock: clock,
                exchange: exchange,
                logger: logger
            )
        }
        let outsideRoots = KeptRoots(folder: configuration.rootsFolder)
        try outsideRoots.keep(outside.flatMap(\.roots))
        timestampRoots = try [authority.root] + outsideRoots.all()
        witnessPolicy = policy
        let timestampRoots = timestampRoots
        renewer = Renewer(
            store: store,
            stamper: try RenewalStamper(
                configuration,
                selfOperated: authority,
                clock: { clock().seconds },
                exchange: exchange
            ),
            roots: { timestampRoots },
            clock: { clock().seconds }
        )
        scrubber = Scrubber(configuration, clock: clock, logger: logger) { pace, progress in
            try LogAudit.current(
                store,
                lanes,
                trust: { TrustBundle(logKeys: keyBook.all, timestampRoots: timestampRoots, witnessPolicy: policy) },
                pace: pace,
                progress: progress
            )
        }
        let workers = workers
        calendar = try configuration.calendar.map { (options) throws(NotaryError) in
            try DigestCalendar(
                options,
                store: store,
                workers: workers,
                clock: clock,
                exchange: exchange,
                logger: logger
            )
        }
        feed = try FeedWatcher(
            store: store,
            lanes: lanes,
            configuration: configuration,
            webhooks: WebhookSender(
                store: store,
                hosts: configuration.webhookHosts,
                transport: webhooks,
                clock: clock,
                logger: logger
            ),
            clock: clock,
            logger: logger
        )
        logger.notice(
            "opened",
            metadata: ["entries": "\(lanes.size)", "fingerprints": "\(pictures.count)", "sketches": "\(parts.count)"]
        )
    }

    private static func decoders(_ configuration: NotaryConfiguration) throws -> (DecoderPool, OverlayMaker) {
        do {
            let path = configuration.decoderPath
            return (
                try DecoderPool(executable: path, children: configuration.decoderChildren),
                try OverlayMaker(executable: path)
            )
        } catch {
            throw NotaryError(.decoderFailed, error.message, cause: error)
        }
    }

    private static func documentReader(_ configuration: NotaryConfiguration) throws -> DocumentReader {
        do {
            return try DocumentReader(executable: configuration.decoderPath)
        } catch {
            throw NotaryError(.decoderFailed, error.message, cause: error)
        }
    }

    private static func verifierPath(_ configuration: NotaryConfiguration) throws -> String {
        let path = configuration.verifierPath ?? VerifierProcess.besideThisProgram
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw NotaryError(
                .verifierFailed,
                "There is no program at \(path) that may be run. Put cinnabar-verify beside this program, or set "
                    + "verifier.path."
            )
        }
        return path
    }

    /// Ends the decoder's children and closes the store. Running calls end with an error.
    public func close() {
        decoder.shutdown()
        pictures.close()
        parts.close()
        store.close()
    }
}
