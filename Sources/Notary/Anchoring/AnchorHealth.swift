import Bytes
import Evidence
import EvidenceStore
import MerkleLog

/// How an outsider does, for health, metrics and `cinnabar anchors status`.
struct AnchorHealth: Sendable {
    let name: String
    let kind: OutsiderPlan.Kind
    let isSelfOperated: Bool
    let standing: AnchorStanding
    /// Until when the oldest entry that it has not confirmed was promised; `nil` when it confirmed all.
    let dueBy: UTCTime?
    let isLate: Bool
    /// A sentence when it is late.
    let warning: String?

    init(_ track: AnchorTrack, now: UTCTime) {
        name = track.name
        kind = track.plan.kind
        isSelfOperated = track.plan.isSelfOperated
        standing = track.standing
        dueBy = (try? track.dueBy()) ?? nil
        isLate = dueBy.map { $0 < now } ?? false
        warning =
            if isLate, let dueBy {
                "\(track.name) has not confirmed what was promised by \(dueBy): "
                    + (track.standing.pausedSince == nil
                        ? "see `cinnabar anchors status`." : "it is paused; `cinnabar anchors resume \(track.name)`.")
            } else {
                nil
            }
    }

    var json: JSONValue {
        [
            "kind": .string(kind.rawValue), "selfOperated": .bool(isSelfOperated),
            "size": .integer(standing.size.value), "jobs": .integer(standing.jobs),
            "lastSuccess": standing.lastSuccess.map { .string($0.description) } ?? .null,
            "lastFailure": standing.lastFailure.map { .string($0) } ?? .null,
            "dueBy": dueBy.map { .string($0.description) } ?? .null, "late": .bool(isLate),
            "pausedSince": standing.pausedSince.map { .string($0.description) } ?? .null,
        ]
    }

    var metrics: [Metric] {
        let labels = ["outsider": name]
        let all = [
            Metric("cinnabar_anchors_total", "Anchors obtained.", .counter, standing.anchors, labels: labels),
            Metric(
                "cinnabar_anchor_failures_total",
                "Steps of anchoring that failed.",
                .counter,
                standing.failures,
                labels: labels
            ),
            Metric("cinnabar_anchored_size", "Entries it confirmed.", .gauge, standing.size.value, labels: labels),
            Metric("cinnabar_anchor_jobs", "Anchors under way.", .gauge, standing.jobs, labels: labels),
            Metric("cinnabar_anchor_late", "Whether it missed a deadline.", .gauge, isLate ? 1 : 0, labels: labels),
            Metric(
                "cinnabar_anchor_paused",
                "Whether the operator paused it.",
                .gauge,
                standing.pausedSince == nil ? 0 : 1,
                labels: labels
            ),
        ]
        guard kind == .timestampAuthority else { return all }
        let authority = ["authority": name]
        return all + [
            Metric("cinnabar_timestamps_total", "Timestamps obtained.", .counter, standing.anchors, labels: authority),
            Metric(
                "cinnabar_timestamp_failures_total",
                "Requests that gave no timestamp.",
                .counter,
                standing.failures,
                labels: authority
            ),
        ]
    }
}
