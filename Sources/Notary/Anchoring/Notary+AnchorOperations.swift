import Bytes
public import Evidence
import EvidenceStore
import MerkleLog

extension Notary {
    /// `{"quorum", "logSize", "outsiders": [{"name", "kind", "selfOperated", "state", "size", …, "jobs": […]}]}`.
    ///
    /// - Parameter name: One outsider; `nil` for all.
    /// - Throws: ``NotaryError`` with `.unknownOutsider`.
    public func anchorStatus(of name: String? = nil) throws -> JSONValue {
        [
            "quorum": .integer(anchoring.quorum),
            "logSize": .integer(lanes.outgoing.published.current.size.value),
            "outsiders": .array(try tracks(named: name).map { try status(of: $0) }),
        ]
    }

    /// Takes up unfinished anchors now, and gives out the newest checkpoint, whatever intervals and pauses say.
    ///
    /// - Parameter waits: Whether to do it before answering. A notary that is at work does it within a second or as soon
    ///   as a call that is under way has ended.
    /// - Returns: What ``anchorStatus(of:)`` does.
    public func retryAnchors(of name: String?, waits: Bool) async throws -> JSONValue {
        let tracks = try tracks(named: name)
        for track in tracks { track.change { $0.isRetryWanted = true } }
        if waits {
            try await withThrowingTaskGroup { group in
                for track in tracks { group.addTask { try await track.turn() } }
                try await group.waitForAll()
            }
        }
        return try anchorStatus(of: name)
    }

    /// Stops giving checkpoints to an outsider, over restarts too, or takes it up again.
    ///
    /// Nothing is forgotten: what is under way stays where it is, and what is promised becomes late.
    public func setAnchorPause(of name: String?, isPaused: Bool) throws -> JSONValue {
        for track in try tracks(named: name) { try track.setPause(isPaused) }
        return try anchorStatus(of: name)
    }

    private func tracks(named name: String?) throws -> [AnchorTrack] {
        guard let name else { return anchoring.tracks }
        guard let track = anchoring[name] else {
            throw NotaryError(.unknownOutsider, "There is no outsider \"\(name.prefix(64))\".")
        }
        return [track]
    }

    private func status(of track: AnchorTrack) throws -> JSONValue {
        let health = AnchorHealth(track, now: clock())
        guard case .object(var members) = health.json else { return health.json }
        members["name"] = .string(track.name)
        members["intervalSeconds"] = .integer(track.plan.intervalSeconds)
        members["deadlineSeconds"] = .integer(track.plan.deadlineSeconds)
        members["state"] = .string(health.state)
        members["jobs"] = .array(
            try store.anchorJobs(of: track.name, lane: track.log.lane).filter { $0.state != .finished }.map(\.json)
        )
        return .object(members)
    }
}

extension AnchorTrack {
    nonisolated func setPause(_ isPaused: Bool) throws {
        let since = isPaused ? standing.pausedSince ?? clock() : nil
        try store.setPause(of: name, since: since?.milliseconds)
        change { $0.pausedSince = since }
    }
}

extension AnchorHealth {
    /// One word for a table.
    var state: String {
        if standing.pausedSince != nil { return "paused" }
        if isLate { return "late" }
        if dueBy == nil { return "up to date" }
        return standing.lastFailure == nil ? "under way" : "failing"
    }
}

extension StoredAnchorJob {
    var json: JSONValue {
        let word =
            switch state {
            case .intended: "intended"
            case .prepared: "prepared"
            case .submitted: "submitted"
            case .finished: "finished"
            }
        return [
            "size": .integer(size.value), "state": .string(word), "attempts": .integer(attempts),
            "failures": .integer(failures), "created": .string(UTCTime(milliseconds: created).description),
            "nextAttempt": .string(UTCTime(milliseconds: nextAttempt).description),
            "dueBy": .string(UTCTime(milliseconds: deadline).description),
            "lastFailure": lastFailure.map { .string($0) } ?? .null,
        ]
    }
}
