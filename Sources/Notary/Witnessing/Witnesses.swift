import Anchoring
import Bytes
import EvidenceStore
import Logging
import MerkleLog
import Synchronization

/// Has the witnesses of a policy cosign the newest checkpoint, round by round: all are asked for the same one, so that
/// their cosignatures meet. A round waits for nobody, and registrations wait for no round.
final class Witnesses: Sendable {
    /// Past this a witness that fails is not asked more seldom.
    private static let longestPauseSeconds = 300
    /// One answer that tells the witness's size, one that cosigns, and one more in case it moved between.
    private static let attemptLimit = 3
    /// Lines looked through for a checkpoint that meets the policy: days of rounds of a few witnesses.
    private static let scanLimit = 4096

    struct Target: Sendable {
        let name: String
        let key: VerifierKey
        let client: WitnessClient
    }

    let policy: TlogPolicy
    let targets: [Target]
    private let store: Store
    private let lane: Lane
    private let intervalSeconds: Int
    private let clock: @Sendable () -> UTCTime
    private let logger: Logger
    private let standings: Mutex<[String: WitnessStanding]>
    private let witnessed: Mutex<TreeSize>

    init(
        policy: TlogPolicy,
        store: Store,
        lane: Lane,
        intervalSeconds: Int,
        clock: @escaping @Sendable () -> UTCTime,
        exchange: @escaping HTTPExchange,
        logger: Logger
    ) throws {
        self.policy = policy
        self.store = store
        self.lane = lane
        self.intervalSeconds = intervalSeconds
        self.clock = clock
        self.logger = logger
        targets = policy.witnesses.compactMap { witness in
            guard let url = witness.url else { return nil }
            let client = WitnessClient(submissionPrefix: url, keys: [witness.key], exchange: exchange)
            return Target(name: witness.name.description, key: witness.key, client: client)
        }
        var standings: [String: WitnessStanding] = [:]
        for target in targets {
            var standing = WitnessStanding()
            standing.size = try store.witnessSize(keyID: target.key.keyID, lane: lane.id)
            standings[target.name] = standing
        }
        self.standings = Mutex(standings)
        let newest = try Self.sizes(
            of: store.cosignatures(from: nil, isDescending: true, lane: lane.id, limit: Self.scanLimit),
            meeting: policy
        ).first
        witnessed = Mutex(newest ?? .empty)
    }

    /// The largest checkpoint that meets the policy; the empty tree's size when none does.
    var witnessedSize: TreeSize { witnessed.withLock { $0 } }

    func standing(of name: String) -> WitnessStanding { standings.withLock { $0[name] ?? WitnessStanding() } }

    /// A checkpoint that meets the policy and covers so many entries: the smallest, or where that lies too far back,
    /// the largest.
    func witnessedSize(covering size: TreeSize) throws -> TreeSize? {
        let newest = witnessedSize
        guard newest > .empty, newest >= size else { return nil }
        let lines = try store.cosignatures(from: size, lane: lane.id, limit: Self.scanLimit)
        return Self.sizes(of: lines, meeting: policy).first ?? newest
    }

    /// The names of the witnesses that cosigned the checkpoint of this size.
    func names(at size: TreeSize) throws -> [String] {
        let keys = Set(try store.cosignatures(ofSize: size, lane: lane.id).map(\.line.keyID))
        return policy.witnesses.filter { keys.contains($0.key.keyID) }.map(\.name.description)
    }

    /// Asks at every interval, until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let head = lane.published.current
                for target in targets where begin(target) {
                    group.addTask { await self.ask(target, for: head) }
                }
                try? await Task.sleep(for: .seconds(intervalSeconds))  // only throws when cancelled
            }
        }
    }

    /// Asks every witness once and waits for them.
    func ask() async {
        let head = lane.published.current
        await withDiscardingTaskGroup { group in
            for target in targets { group.addTask { await self.ask(target, for: head) } }
        }
    }

    /// - Returns: Whether it is this witness's turn; it is then busy until it was asked.
    private func begin(_ target: Target) -> Bool {
        standings.withLock { standings in
            let standing = standings[target.name] ?? WitnessStanding()
            guard !standing.isBusy, standing.nextAttempt.map({ $0 <= .now }) ?? true else { return false }
            standings[target.name, default: standing].isBusy = true
            return true
        }
    }

    private func ask(_ target: Target, for head: StoredCheckpoint) async {
        do {
            let isNew = try await submit(head, to: target)
            change(target) { standing in
                standing.lastFailure = nil
                (standing.failuresInRow, standing.nextAttempt) = (0, nil)
                guard isNew else { return }
                standing.lastSuccess = clock()
                standing.cosignatures += 1
                standing.size = head.size
            }
        } catch is CancellationError {
            change(target) { _ in }
        } catch {
            let sentence = Self.sentence(error)
            let pause = change(target) { standing in
                standing.lastFailure = sentence
                standing.failures += 1
                standing.failuresInRow += 1
                let doublings = min(standing.failuresInRow - 1, 10)
                let seconds = min(intervalSeconds << doublings, Self.longestPauseSeconds)
                standing.nextAttempt = .now + .seconds(seconds)
                return seconds
            }
            logger.warning(
                "a witness did not cosign",
                metadata: ["witness": "\(target.name)", "reason": "\(sentence)", "nextInSeconds": "\(pause)"]
            )
        }
    }

    @discardableResult
    private func change<Result: Sendable>(_ target: Target, _ body: (inout WitnessStanding) -> Result) -> Result {
        standings.withLock { standings in
            var standing = standings[target.name] ?? WitnessStanding()
            standing.isBusy = false
            defer { standings[target.name] = standing }
            return body(&standing)
        }
    }

    /// - Returns: Whether the witness gave a cosignature that was not there yet.
    private func submit(_ head: StoredCheckpoint, to target: Target) async throws -> Bool {
        let keyID = target.key.keyID
        guard head.size > .empty,
            try !store.cosignatures(ofSize: head.size, lane: lane.id).contains(where: { $0.line.keyID == keyID })
        else { return false }
        let note = try SignedNote(parsing: head.signed)
        var oldSize = try store.witnessSize(keyID: keyID, lane: lane.id)
        for _ in 0..<Self.attemptLimit {
            guard oldSize <= head.size else { throw Self.ahead(oldSize, head.size) }
            let proof = oldSize == .empty ? [] : try lane.proofs.consistencyProof(from: oldSize, to: head.size).hashes
            let request = try AddCheckpointRequest(oldSize: oldSize, proof: proof, checkpoint: note)
            switch try await target.client.submit(request) {
            case .cosigned(let cosignatures):
                for cosignature in cosignatures {
                    try store.putCosignature(.init(lane: lane.id, size: head.size, line: cosignature.line))
                }
                try advance(to: head.size)
                return true
            case .conflict(let size):
                guard size != oldSize else { throw Self.contradiction(size, isSameSize: size == head.size) }
                try store.putWitnessSize(size, keyID: keyID, lane: lane.id)
                oldSize = size
            case .refused(let refusal):
                throw NotaryError(.authorityFailed, "The witness refused: \(refusal.sentence)")
            }
        }
        throw NotaryError(.authorityFailed, "The witness told another size each time it was asked.")
    }

    private func advance(to size: TreeSize) throws {
        let lines = try store.cosignatures(ofSize: size, lane: lane.id)
        guard Self.sizes(of: lines, meeting: policy).contains(size) else { return }
        witnessed.withLock { $0 = max($0, size) }
    }

    /// Of the checkpoints with these lines, those that meet the policy, in the order of the lines.
    private static func sizes(of lines: [StoredCosignature], meeting policy: TlogPolicy) -> [TreeSize] {
        var sizes: [TreeSize] = []
        var keyIDs: [TreeSize: Set<UInt32>] = [:]
        for line in lines {
            keyIDs[line.size, default: []].insert(line.line.keyID)
            if sizes.last != line.size { sizes.append(line.size) }
        }
        return sizes.filter { size in
            policy.isMet(by: policy.witnesses.map(\.key).filter { keyIDs[size]?.contains($0.keyID) ?? false })
        }
    }

    private static func ahead(_ size: TreeSize, _ own: TreeSize) -> NotaryError {
        NotaryError(
            .authorityFailed,
            "The witness has cosigned \(size) entries and this log has \(own). Either this store was set back, or "
                + "someone else signs with its key. Stop, and find out which."
        )
    }

    private static func contradiction(_ size: TreeSize, isSameSize: Bool) -> NotaryError {
        NotaryError(
            .authorityFailed,
            isSameSize
                ? "The witness has cosigned another tree of \(size) entries than this log's. Either this store was set "
                    + "back, or someone else signs with its key. Stop, and find out which."
                : "The witness contradicts itself: it was asked from \(size) and says that it is there."
        )
    }

    private static func sentence(_ error: any Error) -> String {
        switch error {
        case let error as NotaryError: error.message
        case let error as WitnessError: error.message
        case let error as StoreError: error.message
        default: "The witness could not be reached."
        }
    }
}
