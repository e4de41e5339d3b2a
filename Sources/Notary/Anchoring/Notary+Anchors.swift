import Anchoring
import Bytes
public import Evidence
import EvidenceStore
import MerkleLog
import OpenSSL

extension Notary {
    /// The built-in authority as the scheduler drives it.
    static func plan(of authority: SelfOperatedAuthority, intervalSeconds: Int) -> OutsiderPlan {
        OutsiderPlan(
            name: selfOperatedName,
            kind: .timestampAuthority,
            intervalSeconds: intervalSeconds,
            deadlineSeconds: selfOperatedDeadlineSeconds,
            isSelfOperated: true
        ) { _ in
            TimestampOutsider(name: selfOperatedName) {
                TimestampRequest(imprint: TimestampImprint(of: $0), nonce: nil)
            } answer: { request in
                try UnverifiedTimestamp(response: authority.response(to: request.der())).verified(
                    imprint: request.imprint,
                    request: request,
                    trust: .roots([authority.root])
                )
            }
        }
    }

    /// It answers within a millisecond, unless the clock or the disk is broken.
    private static let selfOperatedDeadlineSeconds = 60

    /// What every outsider owes an entry that has just been sequenced.
    func anchors(awaitedSince batchTime: Int64) -> [Registration.Anchor] {
        anchoring.tracks.map { track in
            anchor(of: track, .waiting, size: nil, due: track.dueMilliseconds(forBatchAt: batchTime))
        }
    }

    /// By when each outsider is to commit to the entries of a batch: `[{"outsider", "dueBy"}]`.
    ///
    /// - Parameter batchTime: Milliseconds since 1970.
    public func anchorsDue(forBatchAt batchTime: Int64) -> JSONValue {
        .array(
            anchors(awaitedSince: batchTime).map { anchor in
                [
                    "outsider": .string(anchor.outsider),
                    "dueBy": anchor.dueBy.map { .string($0.description) } ?? .null,
                ]
            }
        )
    }

    /// How far every outsider is with an entry: those of the configuration, and those that committed to it before.
    func anchors(covering position: LogPosition, batchTime: Int64) throws -> [Registration.Anchor] {
        guard let outgoing = try outgoingPlace(of: position) else { return anchors(awaitedSince: batchTime) }
        let (size, lane) = (TreeSize(outgoing.index.value + 1), outgoing.lane)
        let present = try anchoring.tracks.map { track in
            if let confirmed = try confirmed(track.name, covering: size, lane, plan: track.plan) { return confirmed }
            let promise = try store.bestAnchor(atOrAfter: size, outsider: track.name, lane: lane)
            let job = try store.anchorJobs(of: track.name, lane: lane).first { $0.size >= size }
            let due = track.dueMilliseconds(forBatchAt: batchTime)
            if let promise { return anchor(of: track, .promised, size: promise.size, due: due) }
            let wasSent = (job?.attempts ?? 0) > 0
            return anchor(of: track, wasSent ? .submitted : .waiting, size: job?.size, due: due)
        }
        let names = Set(present.map(\.outsider))
        let past = try (store.authorities(of: lane) + store.outsiders(of: lane)).filter { !names.contains($0) }
        return try present + past.compactMap { try confirmed($0, covering: size, lane, plan: nil) }
    }

    /// Of every outsider the first complete anchor that covers the entry, or else its newest promise of one; timestamps
    /// are apart, see ``storedTimestamps(covering:)``.
    func storedAnchors(covering position: LogPosition) throws -> [StoredAnchor] {
        guard let outgoing = try outgoingPlace(of: position) else { return [] }
        return try store.anchors(atOrAfter: TreeSize(outgoing.index.value + 1), lane: outgoing.lane)
    }

    private func anchor(
        of track: AnchorTrack,
        _ state: Registration.Anchor.State,
        size: TreeSize?,
        due: Int64
    ) -> Registration.Anchor {
        Registration.Anchor(
            outsider: track.name,
            kind: track.plan.kind,
            isSelfOperated: track.plan.isSelfOperated,
            state: state,
            size: size,
            obtained: nil,
            dueBy: UTCTime(milliseconds: due),
            isLate: due < clock().milliseconds
        )
    }

    /// - Parameter plan: `nil` for an outsider that the configuration no longer has.
    private func confirmed(
        _ name: String,
        covering size: TreeSize,
        _ lane: LaneID,
        plan: OutsiderPlan?
    ) throws -> Registration.Anchor? {
        if let stored = try store.firstTimestamp(atOrAfter: size, authority: name, lane: lane) {
            let token = try UnverifiedTimestamp(response: stored.response).response.token
            return Registration.Anchor(
                outsider: name,
                kind: .timestampAuthority,
                isSelfOperated: token?.policy == SelfOperatedAuthority.policy || plan?.isSelfOperated ?? false,
                state: .anchored,
                size: stored.size,
                obtained: UTCTime(milliseconds: stored.obtained),
                dueBy: nil,
                isLate: false
            )
        }
        guard let stored = try store.bestAnchor(atOrAfter: size, outsider: name, lane: lane), stored.isComplete else {
            return nil
        }
        return Registration.Anchor(
            outsider: name,
            kind: plan?.kind ?? OutsiderPlan.Kind(of: stored),
            isSelfOperated: stored.isSelfOperated,
            state: .anchored,
            size: stored.size,
            obtained: UTCTime(milliseconds: stored.obtained),
            dueBy: nil,
            isLate: false
        )
    }
}

extension OutsiderPlan.Kind {
    /// What gave an anchor, by its files' endings.
    init(of anchor: StoredAnchor) {
        let names = anchor.files.map(\.name)
        if names.contains(where: { $0.hasSuffix(".ots") }) {
            self = .calendar
        } else if names.contains(where: { $0.hasSuffix(".fabric") }) {
            self = .fabric
        } else {
            self = .ledger
        }
    }
}
