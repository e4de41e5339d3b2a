import Bytes
import EvidenceStore
import Foundation
import Logging
import MerkleLog

/// Opens a data folder and decides whether what survived is the log that was shown to the world.
struct Recovery {
    struct Opened {
        let store: Store
        let origin: String
        let keys: KeyRing
        let guardFile: GuardFile
        let writer: TileWriter
        /// Of the empty tree when nothing was registered yet.
        let head: StoredCheckpoint
    }

    let configuration: NotaryConfiguration
    let lane: LaneID
    let clock: @Sendable () -> UTCTime
    let logger: Logger

    /// A log may rest for days, so a greater distance from its last batch is only worth a look at the clock.
    private static let idleNoticeMilliseconds: Int64 = 86_400_000

    func open() throws -> Opened {
        guard FileManager.default.fileExists(atPath: configuration.storeFolder) else {
            throw NotaryError(
                .notInitialized,
                "There is no log in \(configuration.dataFolder). Make one with: cinnabar init --data "
                    + "\(configuration.dataFolder) --origin ORIGIN"
            )
        }
        let keys = try KeyRing.load(from: configuration.resolvedKeysFolder)
        let store = try openStore(keys.masterKey)
        do {
            try sweepTemporaryFolder()
            guard let origin = try store.origin(of: lane) else {
                throw NotaryError(
                    .notInitialized,
                    "The store names no log. Its folder was not made whole; make it anew."
                )
            }
            guard keys.logKey.name == origin else {
                throw NotaryError(.keyUnusable, "The log's key is for \(keys.logKey.name), but the log is \(origin).")
            }
            let guardFile = GuardFile(path: configuration.resolvedGuardPath)
            let stored = try store.head(of: lane)
            let guarded = try guardedCheckpoint(guardFile, isEmptyLog: stored == nil, key: keys.logKey.verifierKey)
            let writer = try checkedWriter(store, head: stored, key: keys.logKey.verifierKey)
            try compare(guarded.checkpoint, with: writer, head: stored, store: store, path: guardFile.path)
            noticeIdleness(since: stored)
            if let stored, guarded.checkpoint.size < stored.size {
                // The last batch was durable, and a crash came before the guard was written: nobody was answered yet.
                try guardFile.write(stored.signed)
                logger.notice("recovered an unanswered batch", metadata: ["entries": "\(stored.size)"])
            }
            let head = stored ?? StoredCheckpoint(size: .empty, signed: guarded.note.bytes, batchTime: 0)
            return Opened(
                store: store,
                origin: origin,
                keys: keys,
                guardFile: guardFile,
                writer: writer,
                head: head
            )
        } catch {
            store.close()
            throw error
        }
    }

    /// What a killed process left there belongs to nobody: the store's lock says that no other process is at work.
    private func sweepTemporaryFolder() throws {
        let files = FileManager.default
        if files.fileExists(atPath: configuration.temporaryFolder) {
            try files.removeItem(atPath: configuration.temporaryFolder)
        }
        try files.createDirectory(
            atPath: configuration.temporaryFolder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    private func openStore(_ masterKey: MasterKey) throws -> Store {
        do {
            return try Store.open(at: configuration.storeFolder, masterKey: masterKey)
        } catch {
            switch error.code {
            case .lockedByAnotherProcess:
                throw NotaryError(
                    .lockedByAnotherProcess,
                    "Another process has \(configuration.dataFolder) open. If that is `cinnabar serve`, use "
                        + "--server and a token.",
                    cause: error
                )
            case .wrongMasterKey, .exposedKeyFile:
                throw NotaryError(.keyUnusable, error.message, cause: error)
            default:
                throw NotaryError(.storeFailed, "The store does not open: \(error.message)", cause: error)
            }
        }
    }

    /// The tree as stored, its root equal to the newest checkpoint's, and that checkpoint signed by our own key.
    private func checkedWriter(_ store: Store, head: StoredCheckpoint?, key: VerifierKey) throws -> TileWriter {
        guard let head else { return TileWriter() }
        guard let note = try? SignedNote(parsing: head.signed),
            let checkpoint = try? note.verifiedCheckpoint(log: key, witnesses: []).checkpoint
        else {
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

    private func guardedCheckpoint(
        _ guardFile: GuardFile,
        isEmptyLog: Bool,
        key: VerifierKey
    ) throws -> VerifiedCheckpoint {
        guard let bytes = try guardFile.read() else {
            throw isEmptyLog
                ? NotaryError(
                    .notInitialized,
                    "The log is empty and has no guard file: `cinnabar init` was cut off. Delete the folder and "
                        + "init again."
                )
                : mismatch("The guard file \(guardFile.path) is missing")
        }
        guard let verified = try? SignedNote(parsing: bytes).verifiedCheckpoint(log: key, witnesses: []) else {
            throw mismatch("The guard file \(guardFile.path) holds no checkpoint of this log")
        }
        return verified
    }

    /// The guard is never ahead of the store and never behind an answer; anything else is not our log as it was.
    private func compare(
        _ guarded: Checkpoint,
        with writer: TileWriter,
        head: StoredCheckpoint?,
        store: Store,
        path: String
    ) throws {
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
