import Anchoring
import Bytes
import EvidenceStore
import Logging

/// Has outsiders commit to the newest checkpoint: one root an interval and outsider, however many registrations came in
/// between. Each earlier entry is exported with its inclusion proof in that checkpoint.
final class AnchorScheduler: Sendable {
    let tracks: [AnchorTrack]
    /// How many outsiders that are not self-operated make an entry anchored.
    let quorum: Int

    /// - Throws: ``NotaryError`` with `.authorityFailed` when an outsider cannot be made or two have one name.
    init(
        plans: [OutsiderPlan],
        configuration: NotaryConfiguration,
        lane: Lane,
        store: Store,
        clock: @escaping @Sendable () -> UTCTime,
        exchange: @escaping HTTPExchange,
        logger: Logger
    ) throws {
        quorum = configuration.anchorQuorum
        let log = AnchorTrack.Log(lane: lane.id, origin: lane.origin) { [published = lane.published] in
            published.current
        }
        let surroundings = OutsiderPlan.Surroundings(
            origin: lane.origin,
            keysFolder: configuration.resolvedKeysFolder,
            exchange: exchange,
            milliseconds: { clock().milliseconds },
            logger: logger
        )
        var names: Set<String> = []
        tracks = try plans.map { plan in
            guard names.insert(plan.name).inserted else {
                throw NotaryError(
                    .authorityFailed,
                    "Two outsiders are called \(plan.name). Give each a name of its own."
                )
            }
            return try AnchorTrack(
                plan,
                outsider: plan.outsider(in: surroundings),
                log: log,
                store: store,
                clock: clock,
                logger: logger,
                steps: configuration.anchorSteps
            )
        }
    }

    subscript(name: String) -> AnchorTrack? { tracks.first { $0.name == name } }

    /// Each outsider in a task of its own, until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for track in tracks { group.addTask { await track.run() } }
        }
    }
}
