import MerkleLog

extension LogMonitor {
    /// Compares the log with what others saw of it. A note that is ahead of the log waits until the log is as far.
    ///
    /// Two notes of one size and different roots are a split view as they stand. Otherwise the tree under the log's
    /// own newest checkpoint decides, read by tiles that are tied to its root.
    func compareViews(with new: VerifiedCheckpoint, _ round: inout MonitorRound) async throws {
        var seen: [(view: LogView, note: VerifiedCheckpoint)] = []
        for view in log.views {
            if let bytes = try folder.waitingNote(of: view), let note = try? log.verified(bytes) {
                seen.append((view, note))
            }
            do {
                guard let bytes = try await bytes(of: view, &round) else { continue }
                seen.append((view, try verified(bytes, from: view.name)))
            } catch let alarm as LogAlarm {
                // One bad witness must not hide what the others saw.
                round.alarms.append(alarm)
            }
        }
        var agreeing: Set<String> = []
        for (position, (view, note)) in seen.enumerated() {
            let twin = seen[..<position].first { other in
                other.note.checkpoint.size == note.checkpoint.size && other.note.checkpoint.root != note.checkpoint.root
            }
            if let twin {
                round.alarms.append(splitView(twin.note, note, seenAt: view.name))
            } else if note.checkpoint.size > new.checkpoint.size {
                try wait(for: note, of: view, &round)
            } else if try await isPrefix(note, of: new) {
                agreeing.insert(view.name)
            } else {
                round.alarms.append(splitView(new, note, seenAt: view.name))
            }
        }
        for view in log.views { try expectNoLongWait(of: view, new, &round) }
        round.agreeingViews = agreeing.count
        for view in log.views where agreeing.contains(view.name) { try forget(view, at: new) }
    }

    private func bytes(of view: LogView, _ round: inout MonitorRound) async throws -> [UInt8]? {
        do {
            return try await view.read()
        } catch let error as LogUnreachable {
            round.remarks.append(error.message)
            return nil
        }
    }

    /// The first note that waits stays until it can be compared; later ones are fetched again anyway.
    private func wait(for note: VerifiedCheckpoint, of view: LogView, _ round: inout MonitorRound) throws {
        round.remarks.append(
            "\(view.name) shows size \(note.checkpoint.size), which the log has not shown yet: compared once it has."
        )
        if try folder.waitingNote(of: view) == nil {
            try folder.keep(waiting: note.note.bytes, of: view, sinceSeconds: nowSeconds())
        }
    }

    /// A log that stays behind what it has shown others was set back, or is another one here than there.
    private func expectNoLongWait(of view: LogView, _ new: VerifiedCheckpoint, _ round: inout MonitorRound) throws {
        let now = nowSeconds()
        guard let bytes = try folder.waitingNote(of: view), let note = try? log.verified(bytes),
            note.checkpoint.size > new.checkpoint.size, let since = try folder.waitingSince(view), now > since,
            now - since > log.witnessedWithinSeconds
        else { return }
        round.alarms.append(
            LogAlarm(
                .rollback,
                "For \(now - since) seconds the log has shown \(view.name) more entries than it shows here: "
                    + "\(note.checkpoint.size). It was set back, or it is one log there and another here.",
                notes: [bytes, new.note.bytes]
            )
        )
    }

    private func forget(_ view: LogView, at new: VerifiedCheckpoint) throws {
        guard let bytes = try folder.waitingNote(of: view), let note = try? log.verified(bytes),
            note.checkpoint.size <= new.checkpoint.size
        else { return }
        try folder.forget(view)
    }
}
