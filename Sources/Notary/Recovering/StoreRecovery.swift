import Bytes
import EvidenceStore
import Foundation
import MerkleLog

/// Recovers a store whose write-ahead log is damaged, to the moment before the damage, if nothing that was acknowledged
/// is lost by it.
///
/// Works on copies. The one is opened at a point in time: everything up to the damage. It counts only if it holds the
/// guard's checkpoint of every log. The other leaves out what is damaged and takes what comes after it: what it has
/// more than the first is what would be dropped.
struct StoreRecovery {
    let configuration: NotaryConfiguration

    /// - Parameter applies: Whether to put the recovered store in the damaged one's place; the damaged one is kept.
    /// - Throws: ``NotaryError`` with `.notInitialized`, `.lockedByAnotherProcess`, `.keyUnusable`, `.guardMismatch`
    ///   (acknowledged entries would be lost) or `.storeFailed`.
    func recover(applies: Bool) throws -> StoreRecoveryReport {
        let folder = configuration.storeFolder
        guard FileManager.default.fileExists(atPath: folder) else {
            throw NotaryError(.notInitialized, "There is no store in \(configuration.dataFolder).")
        }
        let keys = try KeyRing.load(from: configuration.resolvedKeysFolder)
        let lock = try StoreLock(folder: folder)
        defer { withExtendedLifetime(lock) {} }
        let copy = try StoreFolderCopy(of: folder, at: folder + ".recovered")
        do {
            var report = try report(on: copy, of: folder, keys: keys)
            if applies {
                report.damagedFolder = try exchange(folder, with: copy)
            } else {
                try copy.remove()
            }
            return report
        } catch {
            try? copy.remove()
            throw error
        }
    }

    private func report(on copy: StoreFolderCopy, of folder: String, keys: KeyRing) throws -> StoreRecoveryReport {
        let recovered = try open(copy.path, .pointInTime, keys)
        defer { recovered.close() }
        let lanes = try recovered.lanes()
        var kept: [(lane: LaneID, origin: String, guarded: UInt64, kept: UInt64)] = []
        for (lane, origin) in lanes {
            let guardFile = GuardFile(path: configuration.guardPath(of: lane, in: lanes.count))
            let guarded = try guardedSize(
                guardFile,
                lane,
                recovered,
                key: keys.logKey(named: origin).verifierKey,
                origin
            )
            kept.append((lane, origin, guarded, try recovered.head(of: lane)?.size.value ?? 0))
        }
        let other = try StoreFolderCopy(of: folder, at: folder + ".skipped")
        defer { try? other.remove() }
        let rest = try open(other.path, .skipCorrupted, keys)
        defer { rest.close() }
        let dropped = try DroppedRows(from: rest, to: recovered)
        return StoreRecoveryReport(
            logs: try kept.map { log in
                let shown = try rest.head(of: log.lane)?.size.value ?? 0
                return .init(
                    origin: log.origin,
                    guarded: log.guarded,
                    kept: log.kept,
                    dropped: shown > log.kept ? shown - log.kept : 0
                )
            },
            droppedRows: dropped.counts,
            dropped: dropped.lines
        )
    }

    private func open(_ folder: String, _ recovery: RocksDBBackend.Recovery, _ keys: KeyRing) throws -> Store {
        do {
            let backend = try RocksDBBackend(folder: folder, expecting: .existing, recovery: recovery)
            return try Store.open(on: backend, masterKey: keys.masterKey)
        } catch {
            guard error.code == .wrongMasterKey else {
                throw NotaryError(
                    .storeFailed,
                    "The store does not open at any point in time: \(error.message)",
                    cause: error
                )
            }
            throw NotaryError(.keyUnusable, error.message, cause: error)
        }
    }

    /// - Returns: The entries that the guard has seen, all of which the store has.
    private func guardedSize(
        _ guardFile: GuardFile,
        _ lane: LaneID,
        _ store: Store,
        key: VerifierKey,
        _ origin: String
    ) throws -> UInt64 {
        let keys = try LogKeys(store.logKeys(of: lane), orNever: key)
        guard let guarded = try guardFile.read().flatMap({ try? keys.verified($0) })?.checkpoint else {
            throw NotaryError(
                .guardMismatch,
                "The guard file \(guardFile.path) holds no checkpoint of \(origin). Without it nobody can tell whether "
                    + "acknowledged entries would be lost, so nothing is recovered. Put the guard file back."
            )
        }
        let head = try store.head(of: lane)?.size ?? .empty
        let isThere =
            try guarded.size == .empty
            || (guarded.size <= head && StoreTiles(store: store, lane: lane).root(at: guarded.size) == guarded.root)
        guard isThere else {
            throw NotaryError(
                .guardMismatch,
                "Before the damage the store has \(head) entries of \(origin), and \(guarded.size) were acknowledged: "
                    + "recovering would lose some. Nothing was changed. Restore the store from a copy that has them."
            )
        }
        return guarded.size.value
    }

    /// A crash between the two renames leaves no store under its name, and both beside it.
    private func exchange(_ folder: String, with copy: StoreFolderCopy) throws -> String {
        let time = UTCTime.now.description.filter { $0.isNumber || $0 == "T" || $0 == "Z" }
        let damaged = "\(folder).damaged-\(time)"
        // Made of the damaged store. An index that goes on with another log is recognised, but never asked to.
        if FileManager.default.fileExists(atPath: configuration.indexesFolder) {
            try FileManager.default.removeItem(atPath: configuration.indexesFolder)
        }
        try FileManager.default.moveItem(atPath: folder, toPath: damaged)
        do {
            try FileManager.default.moveItem(atPath: copy.path, toPath: folder)
        } catch {
            try FileManager.default.moveItem(atPath: damaged, toPath: folder)
            throw error
        }
        return damaged
    }
}
