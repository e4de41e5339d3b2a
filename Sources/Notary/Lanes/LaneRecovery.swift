import Bytes
import EvidenceStore
import Logging
import MerkleLog

/// Decides whether what survived of one log is what was shown to the world.
struct LaneRecovery {
    let lane: LaneID
    let origin: String
    /// What signs now.
    let key: SignerKey
    let keys: LogKeys
    let guardFile: GuardFile
    let store: Store
    let clock: @Sendable () -> UTCTime
    let logger: Logger

    /// A log may rest for days, so a greater distance from its last batch is only worth a look at the clock.
    private static let idleNoticeMilliseconds: Int64 = 86_400_000

    func open() throws -> OpenedLane {
        let stored = try store.head(of: lane)
        let guarded = try guardedCheckpoint(isEmptyLog: stored == nil)
        let writer = try checkedWriter(head: stored)
        try compare(guarded.checkpoint, with: writer, head: stored)
        noticeIdleness(since: stored)
        if let stored, guarded.checkpoint.size < stored.size {
            // The last batch was durable, and a crash came before the guard was written: nobody was answered yet.
            try guardFile.write(stored.signed)
            logger.notice(
                "recovered an unanswered batch",
                metadata: ["origin": "\(origin)", "entries": "\(stored.size)"]
            )
        }
        let head = stored ?? StoredCheckpoint(size: .empty, signed: guarded.note.bytes, batchTime: 0)
        return OpenedLane(
            id: lane,
            origin: origin,
            key: key,
            keys: keys,
            guardFile: guardFile,
            writer: writer,
            head: head,
            end: try end(head: stored)
        )
    }

    /// The last entry, if it says that it is the last.
    private func end(head: StoredCheckpoint?) throws -> LogNotice? {
        guard let head, head.size > .empty else { return nil }
        let last = LeafIndex(head.size.value - 1)
        guard let place = try store.notices(of: lane, from: last, limit: 1).first,
            let bytes = try store.entry(at: place),
            let notice = LogNotice(parsing: bytes), case .end = notice
        else { return nil }
        return notice
    }

    /// The tree as stored, its root equal to the newest checkpoint's, and that checkpoint signed by our own key.
    private func checkedWriter(head: StoredCheckpoint?) throws -> TileWriter {
        guard let head else { return TileWriter() }
        guard let checkpoint = try? keys.verified(head.signed).checkpoint else {
            throw NotaryError(.keyUnusable, "The newest checkpoint is not signed by the key in the keys folder.")
        }
        let writer = try TileWriter(size: head.size, from: StoreTiles(store: store, lane: lane))
        guard checkpoint.size == head.size, writer.root == checkpoint.root else {
            throw NotaryError(
                .storeFailed,
                "The stored tiles do not give the root of the newest checkpoint. Restore the store from a copy."
            )
        }
        return writer
    }

    private func guardedCheckpoint(isEmptyLog: Bool) throws -> VerifiedCheckpoint {
        guard let bytes = try guardFile.read() else {
            throw isEmptyLog
                ? NotaryError(
                    .notInitialized,
                    "The log is empty and has no guard file: `cinnabar init` was cut off. Delete the folder and "
                        + "init again."
                )
                : mismatch("The guard file \(guardFile.path) is missing")
        }
        guard let verified = try? keys.verified(bytes) else {
            throw mismatch("The guard file \(guardFile.path) holds no checkpoint of this log")
        }
        return verified
    }

    /// The guard is never ahead of the store and never behind an answer; anything else is not our log as it was.
    private func compare(_ guarded: Checkpoint, with writer: TileWriter, head: StoredCheckpoint?) throws {
        let path = guardFile.path
        guard guarded.size <= writer.size else {
            throw mismatch(
                "The store ends at \(writer.size) entries, but the guard file \(path) has seen \(guarded.size): "
                    + "the store was set back"
            )
        }
        guard try StoreTiles(store: store, lane: lane).root(at: guarded.size) == guarded.root else {
            throw mismatch(
                "The store's tree of \(guarded.size) entries is not the one that the guard file \(path) has seen"
            )
        }
        guard let head, guarded.size < head.size else { return }
        guard try store.checkpoint(atOrAfter: TreeSize(guarded.size.value + 1), lane: lane) == head else {
            throw mismatch(
                "The store is several batches ahead of the guard file \(path), and a crash leaves one at most: "
                    + "the guard file was set back"
            )
        }
    }

    /// The log goes on from here with the clock as it is: times that it writes can never be taken back.
    private func noticeIdleness(since head: StoredCheckpoint?) {
        guard let head, clock().milliseconds - head.batchTime > Self.idleNoticeMilliseconds else { return }
        logger.notice(
            "the clock is more than a day past the last batch; check it before registering",
            metadata: ["clock": "\(clock())", "lastBatch": "\(UTCTime(milliseconds: head.batchTime))"]
        )
    }

    private func mismatch(_ what: String) -> NotaryError {
        NotaryError(
            .guardMismatch,
            "\(what). Signing on could fork the log, so it does not start. Put the right store or guard file "
                + "back; if the newest state is lost, keep both as they are and start a new log with another origin."
        )
    }
}
