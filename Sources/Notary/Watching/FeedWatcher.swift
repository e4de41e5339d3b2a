import Bytes
import EvidenceStore
import Fingerprints
import Logging
import MerkleLog
import Synchronization

/// Compares what is registered now with the feed of past weeks, forgets old pictures, and has hits delivered.
///
/// A picture is kept first and then looked for among registrations, or the other way round: whichever came last finds the
/// other, and a pair that both find is one hit.
final class FeedWatcher: Sendable {
    /// Between two looks at the log.
    private static let intervalSeconds = 1
    /// Between two sweeps of old pictures.
    private static let sweepIntervalSeconds = 3600
    /// Fingerprints of registrations read at once.
    private static let pageSize = 1000

    let index = FeedIndex()
    private let store: Store
    private let lanes: Lanes
    private let webhooks: WebhookSender
    private let keepsMilliseconds: Int64
    private let clock: @Sendable () -> UTCTime
    private let logger: Logger
    private let progress: Mutex<Progress>

    /// Compares a picture that came by with the registration at a place.
    typealias Search =
        @Sendable (
            _ picture: StoredFeedPicture, _ pdq: PDQResult, _ position: LogPosition
        ) throws -> Match?

    private struct Progress {
        /// Up to where each lane was compared.
        var places: [LaneID: UInt64]
        /// Whether the store has them so.
        var areKept = false
        /// Pictures that are looked for and not yet kept: how long the lanes were when that began. Nothing after it is
        /// compared before they are kept.
        var pending: [Int: [LaneID: UInt64]] = [:]
        var nextPending = 0
    }

    init(
        store: Store,
        lanes: Lanes,
        configuration: NotaryConfiguration,
        webhooks: WebhookSender,
        clock: @escaping @Sendable () -> UTCTime,
        logger: Logger
    ) throws {
        self.store = store
        self.lanes = lanes
        self.webhooks = webhooks
        keepsMilliseconds = Int64(configuration.feedKeepDays) * 86_400_000
        self.clock = clock
        self.logger = logger
        try index.rebuild(from: store)
        var places: [LaneID: UInt64] = [:]
        for lane in lanes.registering {
            places[lane.id] =
                index.isEmpty ? lane.published.current.size.value : try store.feedCursor(lane.id) ?? 0
        }
        progress = Mutex(Progress(places: places))
    }

    /// Looks for a picture and keeps it: what is registered after this began is compared with it, also after a crash.
    func keeping<Result>(_ work: () async throws -> Result) async throws -> Result {
        let lengths = Dictionary(
            uniqueKeysWithValues: lanes.registering.map { ($0.id, $0.published.current.size.value) }
        )
        let number = try progress.withLock { progress in
            if !progress.areKept {
                if index.isEmpty, progress.pending.isEmpty { progress.places = lengths }
                try store.setFeedCursors(progress.places)
                progress.areKept = true
            }
            progress.nextPending += 1
            progress.pending[progress.nextPending] = lengths
            return progress.nextPending
        }
        defer { progress.withLock { $0.pending[number] = nil } }
        return try await work()
    }

    /// When new hits of a watch are to be delivered; `nil` for never.
    func due(for watch: Watch, count: Int) -> Int64? {
        guard count > 0, watch.webhook != nil, webhooks.hasRoom(for: count) else { return nil }
        return clock().milliseconds
    }

    /// Until the task is cancelled.
    func run(_ search: @escaping Search) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.webhooks.run() }
            var sinceSweep = Self.sweepIntervalSeconds
            while !Task.isCancelled {
                do {
                    try compare(search)
                    if sinceSweep >= Self.sweepIntervalSeconds {
                        try sweep()
                        sinceSweep = 0
                    }
                } catch {
                    logger.error("the feed could not be compared", metadata: ["why": "\(error)"])
                }
                sinceSweep += Self.intervalSeconds
                try? await Task.sleep(for: .seconds(Self.intervalSeconds))  // only throws when cancelled
            }
        }
    }

    /// Compares all that was registered since the last time.
    func compare(_ search: Search) throws {
        let lengths = lanes.registering.map { ($0.id, $0.published.current.size.value) }
        let (start, pending) = progress.withLock { progress in
            // Nobody to tell: the next picture to be kept starts from the log as it is then.
            if index.isEmpty, progress.pending.isEmpty { progress.areKept = false }
            return (progress.places, Array(progress.pending.values))
        }
        guard !index.isEmpty else { return }
        var places = start
        for (lane, length) in lengths {
            let end = pending.reduce(length) { min($0, $1[lane] ?? $0) }
            while let place = places[lane], place < end {
                places[lane] = try compare(lane, from: place, to: end, search)
            }
        }
        guard places != start else { return }
        // A crash before this line compares again and finds the same pairs, which are there already.
        try store.setFeedCursors(places)
        progress.withLock { $0.places = places }
    }

    /// - Returns: Up to where it came.
    private func compare(
        _ lane: LaneID,
        from place: UInt64,
        to end: UInt64,
        _ search: Search
    ) throws -> UInt64 {
        let before = place == 0 ? LogPosition?.none : LogPosition(lane: lane, index: LeafIndex(place - 1))
        let page = try store.fingerprints(PDQFingerprint.algorithm, after: before, limit: Self.pageSize)
        let rows = page.filter { $0.position.lane == lane && $0.position.index.value < end }
        for row in rows where row.position.index.value >= place {
            guard row.quality >= PDQFingerprint.indexedQualityMinimum,
                let fingerprint = PDQFingerprint(bytes: row.bytes)
            else { continue }
            for number in index.numbers(near: fingerprint).sorted() { try confirm(number, row.position, search) }
        }
        // Another lane's rows, or none, are the end of this one's.
        guard page.count == Self.pageSize, rows.count == page.count, let last = rows.last else { return end }
        return last.position.index.value + 1
    }

    /// Has the pair compared for the watch's owner, and keeps what is found.
    private func confirm(_ number: UInt64, _ position: LogPosition, _ search: Search) throws {
        guard let row = try store.feedPicture(number), let stored = try store.watch(row.watch, of: row.account) else {
            return
        }
        let picture = try FeedPicture(row.bytes)
        let watch = try Watch(stored)
        guard let pdq = picture.pdq, let found = try search(row, pdq, position), watch.wants(found) else { return }
        let hit = Hit.new(
            found,
            reference: picture.reference,
            sha256: row.sha256,
            seenAt: UTCTime(milliseconds: row.seenAt),
            foundAt: clock(),
            .registration
        )
        _ = try store.addHits([hit], watch: row.watch, of: row.account, due: due(for: watch, count: 1))
    }

    func sendDue() async throws { try await webhooks.sendDue() }

    func sweep() throws {
        let numbers = try store.sweepFeed(before: clock().milliseconds - keepsMilliseconds)
        for number in numbers { index.remove(number) }
    }
}
