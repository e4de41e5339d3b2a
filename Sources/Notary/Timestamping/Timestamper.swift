import Anchoring
import Bytes
import EvidenceStore
import Foundation
import Logging
import MerkleLog
import OpenSSL
import Synchronization

/// Has timestamp authorities commit to the newest checkpoint: one token an interval and authority, however many
/// registrations came in between. Each earlier entry is exported with its inclusion proof in that checkpoint.
final class Timestamper: Sendable {
    /// An authority as it is asked: the built-in one in this process, others over HTTP.
    struct Source: Sendable {
        let name: String
        let intervalSeconds: Int
        let stamp: @Sendable (TimestampImprint) async throws -> VerifiedTimestamp
    }

    /// How an authority did when it was last asked.
    struct Standing: Sendable, Equatable {
        var lastSuccess: UTCTime?
        var lastFailure: String?
        var tokens = 0
        var failures = 0
    }

    let sources: [Source]
    let outsideRoots: [SigningCertificate]
    private let store: Store
    private let lane: Lane
    private let clock: @Sendable () -> UTCTime
    private let logger: Logger
    private let standings = Mutex<[String: Standing]>([:])

    init(
        store: Store,
        lane: Lane,
        selfOperated: SelfOperatedAuthority,
        configuration: NotaryConfiguration,
        clock: @escaping @Sendable () -> UTCTime,
        exchange: @escaping HTTPExchange,
        logger: Logger
    ) throws {
        self.store = store
        self.lane = lane
        self.clock = clock
        self.logger = logger
        let outside = try configuration.authorities.map { try OutsideAuthority($0, exchange: exchange) }
        outsideRoots = outside.flatMap(\.roots)
        sources =
            [Self.source(selfOperated, intervalSeconds: configuration.selfOperatedIntervalSeconds)]
            + outside.map(\.source)
    }

    private static func source(_ authority: SelfOperatedAuthority, intervalSeconds: Int) -> Source {
        Source(name: Notary.selfOperatedName, intervalSeconds: intervalSeconds) { imprint in
            let request = TimestampRequest(imprint: imprint, nonce: nil)
            let response = authority.response(to: try request.der())
            return try UnverifiedTimestamp(response: response).verified(
                imprint: imprint,
                request: request,
                trust: .roots([authority.root])
            )
        }
    }

    func standing(of name: String) -> Standing { standings.withLock { $0[name] ?? Standing() } }

    /// Stamps at each authority's interval, whenever there is a new checkpoint, until the task is cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            for source in sources {
                group.addTask {
                    while !Task.isCancelled {
                        await self.stampLoggingFailure(source)
                        try? await Task.sleep(for: .seconds(source.intervalSeconds))  // only throws when cancelled
                    }
                }
            }
        }
    }

    private func stampLoggingFailure(_ source: Source) async {
        do {
            try await stamp(by: source)
        } catch is CancellationError {
            return
        } catch {
            standings.withLock { $0[source.name, default: Standing()].fail(Self.sentence(error)) }
            logger.warning(
                "a timestamp authority gave no token",
                metadata: ["authority": "\(source.name)", "error": "\(error)"]
            )
        }
    }

    /// Asks for one token over the newest checkpoint, unless the authority has stamped that one already.
    func stamp(by source: Source) async throws {
        let head = lane.published.current
        guard head.size > .empty else { return }
        if let last = try store.latestTimestamp(of: source.name, lane: lane.id), last.size >= head.size { return }
        let imprint = TimestampImprint(of: head.signed)
        let timestamp = try await source.stamp(imprint)
        try store.putTimestamp(
            StoredTimestamp(
                lane: lane.id,
                size: head.size,
                authority: source.name,
                obtained: clock().milliseconds,
                imprint: imprint.digest,
                response: timestamp.der
            )
        )
        standings.withLock { $0[source.name, default: Standing()].succeed(at: clock()) }
    }

    private static func sentence(_ error: any Error) -> String {
        (error as? TimestampError)?.message ?? "The authority could not be reached."
    }
}

extension Timestamper.Standing {
    fileprivate mutating func fail(_ sentence: String) {
        lastFailure = sentence
        failures += 1
    }

    fileprivate mutating func succeed(at time: UTCTime) {
        lastSuccess = time
        lastFailure = nil
        tokens += 1
    }
}
