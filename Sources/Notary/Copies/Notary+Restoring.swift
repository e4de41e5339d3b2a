import Bytes
import EvidenceStore
import Foundation
import MerkleLog

extension Notary {
    /// Puts a generation of a store copy into a data folder that has no store, erases again what receipts say, and
    /// audits the result. Neither the key ring nor the guard is written: both must be there from elsewhere.
    ///
    /// When the audit finds something, the store stays aside, in `store.restoring`.
    ///
    /// - Parameters:
    ///   - configuration: Of the data folder; only its key ring need be there.
    ///   - keysFolder: Where the records' keys are; `nil`: in the copy.
    ///   - generation: `nil` for the newest.
    /// - Throws: ``NotaryError`` with `.alreadyInitialized` when there is a store, `.keyUnusable`, `.copyAbsent`,
    ///   `.copyDamaged`, `.copyBusy` or `.copyFailed`; nothing is left in the folder then but what was there.
    public static func restoreStore(
        _ configuration: NotaryConfiguration,
        from path: String,
        keysFolder: String? = nil,
        generation: Int? = nil,
        progress: (StoreCopyProgress) -> Void = { _ in }
    ) throws -> RestoreReport {
        try NotaryError.translatingCopy {
            guard !FileManager.default.fileExists(atPath: configuration.storeFolder) else {
                throw NotaryError(
                    .alreadyInitialized,
                    "There is a store in \(configuration.dataFolder). Move its folder away first; it is not touched."
                )
            }
            let folder = CopyFolder(path: path, keysPath: keysFolder)
            return try FolderLock.holding(path, isExclusive: false) {
                guard let number = try generation ?? folder.generations().last else {
                    throw NotaryError(.copyAbsent, "There is no store copy in \(path).")
                }
                let restorer = CopyRestorer(folder: folder, keys: try keyRing(configuration))
                return try restore(folder.manifest(number), configuration, restorer, progress)
            }
        }
    }

    private static func restore(
        _ manifest: CopyManifest,
        _ configuration: NotaryConfiguration,
        _ restorer: CopyRestorer,
        _ progress: (StoreCopyProgress) -> Void
    ) throws -> RestoreReport {
        let files = FileManager.default
        let aside = configuration.storeFolder + ".restoring"
        if files.fileExists(atPath: aside) { try files.removeItem(atPath: aside) }
        var report = RestoreReport()
        report.generation = manifest.generation
        report.madeAt = manifest.madeAt.description
        report.files = manifest.files.count
        report.bytes = manifest.byteCount
        do {
            let assembled = try restorer.assemble(
                manifest,
                at: aside,
                rootsFolder: configuration.rootsFolder,
                progress: progress
            )
            defer { assembled.store.close() }
            report.keys = assembled.keyCount
            report.erasedAgain = try restorer.eraseAgain(
                in: assembled.store,
                receiptsFolder: configuration.resolvedErasuresFolder
            )
            report.audit = try restorer.audit(assembled.store, rootsFolder: configuration.rootsFolder)
            report.logs = try manifest.logs.map { log in
                RestoreReport.Log(
                    origin: log.origin,
                    size: log.size,
                    standing: try GuardStanding(
                        of: GuardFile(path: configuration.guardPath(of: log.lane, in: manifest.logs.count)),
                        to: assembled.store,
                        lane: log.lane,
                        key: restorer.keys.logKey(named: log.origin).verifierKey
                    )
                )
            }
        } catch {
            try? files.removeItem(atPath: aside)
            throw error
        }
        report.storeFolder = aside
        guard report.audit.isConsistent else { return report }
        // Of the store that was there before. An index that goes on with another log is recognised, but never asked to.
        if files.fileExists(atPath: configuration.indexesFolder) {
            try files.removeItem(atPath: configuration.indexesFolder)
        }
        // A crash before this line leaves a folder that the next restoration deletes; after it, a whole store.
        try files.moveItem(atPath: aside, toPath: configuration.storeFolder)
        try FileTransfer.syncFolder(configuration.dataFolder)
        report.storeFolder = configuration.storeFolder
        return report
    }

    private static func keyRing(_ configuration: NotaryConfiguration) throws -> KeyRing {
        guard FileManager.default.fileExists(atPath: configuration.resolvedKeysFolder) else {
            throw NotaryError(
                .keyUnusable,
                "There is no key ring in \(configuration.resolvedKeysFolder). Copies never hold it: put the log's keys "
                    + "there first, or name their folder with --set keys=FOLDER."
            )
        }
        return try KeyRing.load(from: configuration.resolvedKeysFolder)
    }
}
