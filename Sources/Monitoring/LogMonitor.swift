import Anchoring
public import MerkleLog

/// Follows a C2SP tlog-tiles log from outside, trusting nothing but its key.
///
/// Each look checks the newest checkpoint's signature, that its tree begins with the tree of the last checkpoint that
/// held, that checkpoints seen elsewhere are of the same tree, and that every entry served leads to the signed root.
/// What it remembers lies in its folder, so looks may be years or a crash apart.
public struct LogMonitor: Sendable {
    /// Behind an address may stand several servers, of which one is a moment behind.
    private static let rollbackPausesSeconds = [2, 5]

    let log: MonitoredLog
    let folder: MonitorFolder
    let reader: LogReader
    let nowSeconds: @Sendable () -> UInt64
    private let pause: @Sendable (_ seconds: Int) async throws -> Void

    /// - Parameters:
    ///   - nowSeconds: Gives the seconds since 1970.
    ///   - pause: Waits before the log is asked again.
    public init(
        _ log: MonitoredLog,
        folder: MonitorFolder,
        nowSeconds: @escaping @Sendable () -> UInt64,
        pause: @escaping @Sendable (_ seconds: Int) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
    ) {
        self.log = log
        self.folder = folder
        self.nowSeconds = nowSeconds
        self.pause = pause
        reader = LogReader(source: log.source)
    }

    /// Looks once.
    ///
    /// - Parameter progress: How many entries are read, of how many.
    /// - Throws: ``LogUnreachable``; ``MonitorError`` about the folder. What is wrong with the log itself is in the
    ///   round's alarms.
    public func round(progress: (_ read: TreeSize, _ size: TreeSize) -> Void = { _, _ in }) async throws -> MonitorRound
    {
        var round = MonitorRound()
        let last = try lastCheckpoint()
        round.checkpoint = last?.checkpoint
        round.previousSize = last?.checkpoint.size
        do {
            let new = try await newCheckpoint(after: last)
            try await compareViews(with: new, &round)
            try keep(new, after: last, &round)
            round.checkpoint = new.checkpoint
            if log.readsEntries { try await readEntries(of: new.checkpoint, progress) }
        } catch let alarm as LogAlarm {
            round.alarms.append(alarm)
        }
        round.checkedEntries = try folder.checkedSize()
        if let alarm = try stalledAlarm(round) { round.alarms.append(alarm) }
        for index in round.alarms.indices { round.alarms[index] = try folder.keep(round.alarms[index]) }
        return round
    }

    // MARK: The log's own checkpoint

    private func lastCheckpoint() throws -> VerifiedCheckpoint? {
        guard let bytes = try folder.checkpoint() else { return nil }
        guard let last = try? log.verified(bytes) else { throw folder.damaged("checkpoint") }
        return last
    }

    private func newCheckpoint(after last: VerifiedCheckpoint?) async throws -> VerifiedCheckpoint {
        var pauses = Self.rollbackPausesSeconds[...]
        while true {
            let new = try verified(await log.source.checkpoint(), from: "the log")
            guard let last else { return new }
            let isOlder = new.checkpoint.size < last.checkpoint.size
            if isOlder, let seconds = pauses.popFirst() {
                try await pause(seconds)
                continue
            }
            guard try await isOlder ? isPerhapsPrefix(new, of: last) : isPrefix(last, of: new) else {
                throw splitView(last, new, seenAt: "the log itself")
            }
            guard !isOlder else {
                throw LogAlarm(
                    .rollback,
                    "The log shows a checkpoint of size \(new.checkpoint.size); it showed size "
                        + "\(last.checkpoint.size) before.",
                    notes: [last.note.bytes, new.note.bytes]
                )
            }
            return new
        }
    }

    func verified(_ bytes: [UInt8], from place: String) throws -> VerifiedCheckpoint {
        do throws(NoteError) {
            return try log.verified(bytes)
        } catch {
            throw LogAlarm(
                .unsigned,
                "What \(place) shows is no checkpoint of \(log.keys[0].name): \(error.message)",
                notes: [bytes]
            )
        }
    }

    /// Whether the smaller of two trees is the beginning of the larger.
    func isPrefix(_ one: VerifiedCheckpoint, of other: VerifiedCheckpoint) async throws -> Bool {
        let (small, large) = one.checkpoint.size <= other.checkpoint.size ? (one, other) : (other, one)
        var tree = RemoteTree(large.checkpoint, reader)
        return try await tree.root(at: small.checkpoint.size) == small.checkpoint.root
    }

    /// The same for a checkpoint that the log fell back to, whose server may have no tiles of the larger tree any more.
    /// Then the entries that were read earlier decide as far as they go.
    private func isPerhapsPrefix(_ new: VerifiedCheckpoint, of last: VerifiedCheckpoint) async throws -> Bool {
        do {
            return try await isPrefix(new, of: last)
        } catch let alarm as LogAlarm {
            let read = try folder.tree()
            guard alarm.kind == .missing || alarm.kind == .damaged, read.size <= new.checkpoint.size else {
                return true
            }
            var tree = RemoteTree(new.checkpoint, reader)
            return try await tree.root(at: read.size) == read.root
        }
    }

    func splitView(_ one: VerifiedCheckpoint, _ other: VerifiedCheckpoint, seenAt place: String) -> LogAlarm {
        let (first, second) = (one.checkpoint, other.checkpoint)
        let how =
            first.size == second.size
            ? "Both are of size \(first.size), with different roots."
            : "The tree of size \(max(first.size, second.size)) does not begin with the signed tree of size "
                + "\(min(first.size, second.size))."
        return LogAlarm(
            .splitView,
            "The log has signed two histories. \(how) The other one was seen at \(place).",
            notes: [one.note.bytes, other.note.bytes]
        )
    }

    private func keep(_ new: VerifiedCheckpoint, after last: VerifiedCheckpoint?, _ round: inout MonitorRound) throws {
        let now = nowSeconds()
        var times = try folder.times() ?? MonitorTimes(changedSeconds: now, witnessedSeconds: now)
        if let policy = log.policy {
            let isMet = policy.isMet(by: new.cosignatures.map(\.key))
            if isMet { times.witnessedSeconds = now }
            round.isWitnessed = isMet
            if !isMet, now > times.witnessedSeconds, now - times.witnessedSeconds > log.witnessedWithinSeconds {
                round.alarms.append(
                    LogAlarm(
                        .unwitnessed,
                        "No checkpoint seen in the last \(now - times.witnessedSeconds) seconds meets the policy.",
                        notes: [new.note.bytes]
                    )
                )
            }
        }
        if new.note.text != last?.note.text || Self.newestCosignature(new) > Self.newestCosignature(last) {
            times.changedSeconds = now
            try folder.keep(checkpoint: new.note.bytes)
        }
        try folder.keep(times)
    }

    private static func newestCosignature(_ checkpoint: VerifiedCheckpoint?) -> UInt64 {
        checkpoint?.cosignatures.compactMap(\.timestampSeconds).max() ?? 0
    }

    private func stalledAlarm(_ round: MonitorRound) throws -> LogAlarm? {
        guard let limit = log.stalledAfterSeconds, let times = try folder.times() else { return nil }
        let now = nowSeconds()
        // A clock set back must not make a log look stalled.
        guard now > times.changedSeconds, now - times.changedSeconds > limit else { return nil }
        let size = round.checkpoint.map { " of size \($0.size)" } ?? ""
        return LogAlarm(
            .stalled,
            "The log has shown its checkpoint\(size) for \(now - times.changedSeconds) seconds and nothing after it."
        )
    }

    private func readEntries(of checkpoint: Checkpoint, _ progress: (TreeSize, TreeSize) -> Void) async throws {
        var entries = EntryReader(reader, checkpoint, read: try folder.tree())
        try await entries.readAll { tree in
            try folder.keep(tree: tree)
            progress(tree.size, checkpoint.size)
        }
        try folder.keep(checkedSize: checkpoint.size)
    }
}
