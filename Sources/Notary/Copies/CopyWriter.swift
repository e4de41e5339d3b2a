import Bytes
import Evidence
import EvidenceStore
import Foundation
import MerkleLog

/// Makes one generation of a store copy: links the store's files of this moment, brings in what the copy's folder does
/// not have, and last writes the manifest. A kill at any point leaves the earlier generations as they were.
struct CopyWriter {
    let store: Store
    let lanes: [Lane]
    let request: StoreCopyRequest
    /// Is made for the links, and goes with them. On the file system of the store.
    let stagingFolder: String
    let rootsFolder: String
    let erasuresFolder: String
    let now: UTCTime

    private var folder: CopyFolder { CopyFolder(path: request.folder, keysPath: request.keysFolder) }

    func run(progress: (StoreCopyProgress) -> Void) throws -> StoreCopyReport {
        try folder.make()
        return try FolderLock.holding(folder.path, isExclusive: true) { try write(progress) }
    }

    private func write(_ progress: (StoreCopyProgress) -> Void) throws -> StoreCopyReport {
        let generations = try folder.generations()
        let manifests = try generations.map { try folder.manifest($0) }
        if let newest = manifests.last { try checkFollows(newest) }
        if let keys = try folder.keysManifest() { try checkFollows(keys) }
        try CopySweep(folder: folder).sweep(keeping: manifests)
        var report = StoreCopyReport()
        report.generation = (generations.last ?? 0) + 1
        let manifest = try copy(after: manifests, &report, progress)
        // A crash before this line leaves the earlier generations, and files that the next copy takes up; after it,
        // one generation more.
        try DurableFile.create(folder.manifestPath(manifest.generation), manifest.json.encoded(), permissions: 0o600)
        report.removedGenerations = try CopySweep(folder: folder).prune(
            manifests + [manifest],
            to: request.keptGenerations
        )
        return report
    }

    private func copy(
        after manifests: [CopyManifest],
        _ report: inout StoreCopyReport,
        _ progress: (StoreCopyProgress) -> Void
    ) throws -> CopyManifest {
        defer { try? FileManager.default.removeItem(atPath: stagingFolder) }
        var keys = KeyCopy(folder)
        let staged = try store.stage(in: stagingFolder) { try keys.take($0) }
        let files = try copyFiles(of: staged, after: manifests, &report, progress)
        try keys.finish(logs: staged.logs, at: now)
        report.keys = keys.keyCount
        report.keyFiles = keys.files.count
        report.copiedKeyFiles = keys.changedCount
        report.copiedReceipts = try copyReceipts()
        report.logs = staged.logs.map { ($0.origin, $0.head?.size.value ?? 0) }
        return CopyManifest(
            generation: report.generation,
            madeAt: now,
            software: Notary.software,
            database: staged.identity,
            logs: staged.logs.map { log in
                CopyManifest.Log(
                    lane: log.lane,
                    origin: log.origin,
                    size: log.head?.size.value ?? 0,
                    checkpoint: log.head?.signed
                )
            },
            files: files
        )
    }

    private func copyFiles(
        of staged: StagedStore,
        after manifests: [CopyManifest],
        _ report: inout StoreCopyReport,
        _ progress: (StoreCopyProgress) -> Void
    ) throws -> [CopyManifest.File] {
        let copy = FileCopy(folder, database: staged.identity, manifests: manifests)
        let roots = try CopyFolder.names(in: rootsFolder).filter { $0.hasSuffix(".pem") }
        let sources =
            staged.fileNames.map { (name: "store/\($0)", path: "\(staged.folder)/\($0)") }
            + roots.map { (name: "roots/\($0)", path: "\(rootsFolder)/\($0)") }
        let known = try sources.map { try copy.file(at: $0.path, named: $0.name) }
        let total = known.reduce(0) { $0 + ($1.file == nil ? $1.byteCount : 0) }
        var pace = CopyPace(bytesPerSecond: request.bytesPerSecond)
        var files: [CopyManifest.File] = []
        for (source, known) in zip(sources, known) {
            if let file = known.file {
                files.append(file)
                continue
            }
            let file = try copy.copy(source.path, named: source.name) { count in
                report.copiedBytes += UInt64(count)
                progress(StoreCopyProgress(bytes: report.copiedBytes, totalBytes: total))
                pace.take(count)
            }
            report.copiedFiles += 1
            files.append(file)
        }
        try FileTransfer.syncFolder(folder.filesPath)
        report.files = files.count
        report.bytes = files.reduce(0) { $0 + $1.byteCount }
        return files
    }

    /// Receipts say what must stay erased, so they are added and never taken away.
    private func copyReceipts() throws -> Int {
        var count = 0
        for name in try CopyFolder.names(in: erasuresFolder) where Digest256(hex: name) != nil {
            let source = "\(erasuresFolder)/\(name)"
            let destination = "\(folder.erasuresPath)/\(name)"
            guard let bytes = try DurableFile.read(source, limitBytes: CopyReceipts.limitBytes)?.bytes,
                try DurableFile.read(destination, limitBytes: CopyReceipts.limitBytes)?.bytes != bytes
            else { continue }
            try DurableFile.replace(destination, bytes, permissions: 0o600)
            count += 1
        }
        return count
    }

    /// Refuses a folder whose newest generation is not of this log as it once was: copying on would delete keys that
    /// generations there need.
    private func checkFollows(_ newest: CopyManifest) throws {
        let other = NotaryError(
            .copyRefused,
            "Generation \(newest.generation) in \(folder.path) is of another log, or of a later state of this one. "
                + "Copy to another folder."
        )
        guard Set(newest.logs.map(\.origin)) == Set(lanes.map(\.origin)) else { throw other }
        for log in newest.logs {
            guard let lane = lanes.first(where: { $0.id == log.lane }), lane.origin == log.origin,
                try store.head(of: lane.id)?.size.value ?? 0 >= log.size
            else { throw other }
            guard let bytes = log.checkpoint else { continue }
            guard let note = try? SignedNote(parsing: bytes), let checkpoint = try? Checkpoint(parsing: note.text),
                checkpoint.size.value == log.size,
                try StoreTiles(store: store, lane: lane.id).root(at: checkpoint.size) == checkpoint.root
            else { throw other }
        }
    }

    private func checkFollows(_ keys: KeysManifest) throws {
        for (origin, size) in keys.logs {
            guard let lane = lanes.first(where: { $0.origin == origin }),
                try store.head(of: lane.id)?.size.value ?? 0 >= size
            else {
                throw NotaryError(
                    .copyRefused,
                    "The keys in \(folder.keysPath) are of another log, or of a later state of this one. Use another "
                        + "folder."
                )
            }
        }
    }
}
