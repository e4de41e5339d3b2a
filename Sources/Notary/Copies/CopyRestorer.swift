import Anchoring
import Bytes
import Evidence
import EvidenceStore
import Foundation
import Logging
import MerkleLog
import OpenSSL

/// Puts a generation of a store copy together as a store again, and judges it.
struct CopyRestorer {
    let folder: CopyFolder
    let keys: KeyRing

    /// A store put together, open.
    struct Assembled {
        let store: Store
        let keyCount: Int
    }

    /// Copies a generation's files, each checked, and puts the records' keys back.
    ///
    /// - Parameters:
    ///   - storeFolder: Is made; its parent exists, and it does not.
    ///   - rootsFolder: Gets the roots of outside authorities that are not there yet.
    /// - Throws: ``NotaryError`` with `.copyDamaged` or `.copyAbsent`; ``StoreError``.
    func assemble(
        _ manifest: CopyManifest,
        at storeFolder: String,
        rootsFolder: String,
        progress: (StoreCopyProgress) -> Void
    ) throws -> Assembled {
        for path in [storeFolder, rootsFolder] {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        var bytes: UInt64 = 0
        for file in manifest.files {
            let parts = file.name.split(separator: "/")
            let isRoot = parts[0] == "roots"
            let destination = (isRoot ? rootsFolder : storeFolder) + "/" + parts[1]
            if isRoot, FileManager.default.fileExists(atPath: destination) { continue }
            try copy(file, to: destination, isPublic: isRoot) { count in
                bytes += UInt64(count)
                progress(StoreCopyProgress(bytes: bytes, totalBytes: manifest.byteCount))
            }
        }
        try FileTransfer.syncFolder(rootsFolder)
        try FileTransfer.syncFolder(storeFolder)
        let store = try Store.open(at: storeFolder, masterKey: keys.masterKey)
        do {
            try check(store, against: manifest)
            return Assembled(store: store, keyCount: try putKeys(into: store))
        } catch {
            store.close()
            throw error
        }
    }

    private func copy(
        _ file: CopyManifest.File,
        to destination: String,
        isPublic: Bool,
        onBlock: (Int) -> Void
    ) throws {
        let source = folder.path(of: file)
        guard FileManager.default.fileExists(atPath: source) else {
            throw NotaryError(.copyDamaged, "\(source), which is \(file.name), is missing.")
        }
        let digest = try FileTransfer.copy(
            source,
            to: destination,
            permissions: isPublic ? 0o644 : 0o600,
            onBlock: onBlock
        )
        guard digest == file.sha256 else {
            throw NotaryError(.copyDamaged, "\(source), which is \(file.name), is damaged. Take another generation.")
        }
    }

    /// The database holds the logs that the manifest speaks of, exactly.
    private func check(_ store: Store, against manifest: CopyManifest) throws {
        let lanes = try store.lanes()
        for log in manifest.logs {
            let head = try store.head(of: log.lane)
            guard lanes.contains(where: { $0 == (log.lane, log.origin) }),
                head?.signed == log.checkpoint, head?.size.value ?? 0 == log.size
            else { throw NotaryError(.copyDamaged, "The copy's database is not that of its manifest.") }
        }
        guard lanes.count == manifest.logs.count else {
            throw NotaryError(.copyDamaged, "The copy's database has other logs than its manifest names.")
        }
    }

    private func putKeys(into store: Store) throws -> Int {
        guard let manifest = try folder.keysManifest() else {
            throw NotaryError(
                .copyAbsent,
                "There are no keys in \(folder.keysPath): without them no record opens. If they are kept elsewhere, "
                    + "name the folder."
            )
        }
        guard Set(manifest.logs.keys) == Set(try store.lanes().map(\.origin)) else {
            throw NotaryError(.copyDamaged, "The keys in \(folder.keysPath) are of another log.")
        }
        var count = 0
        for file in manifest.files {
            let path = folder.keysPath + "/" + file.name
            guard let bytes = try DurableFile.read(path, limitBytes: KeyChunk.limitBytes)?.bytes,
                SHA256.digest(of: bytes) == file.sha256
            else { throw NotaryError(.copyDamaged, "\(path) is missing or damaged.") }
            count += try store.put(KeyChunk(parsing: bytes))
        }
        return count
    }

    /// Erases what receipts say that was erased since the copy, and takes the keys' bytes out of the files.
    ///
    /// - Parameter receiptsFolder: Of the data folder; gets those of the copy.
    /// - Returns: How many records.
    /// - Throws: ``NotaryError`` with `.erasureInvalid` for a receipt that no key of the log signed.
    func eraseAgain(in store: Store, receiptsFolder: String) throws -> Int {
        // All are judged before one is put down: a forged one must not stop every later start.
        for (name, bytes) in try receipts(signedByOneOf: logKeys(in: store)) {
            let destination = receiptsFolder + "/" + name
            guard !FileManager.default.fileExists(atPath: destination) else { continue }
            try FileManager.default.createDirectory(
                atPath: receiptsFolder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try DurableFile.create(destination, bytes, permissions: 0o600)
        }
        let before = try erasedCount(in: store)
        let erasures = Erasures(
            store: store,
            folder: receiptsFolder,
            keys: { [logKeys = try logKeys(in: store)] origin in logKeys.filter { $0.name == origin } },
            logger: Logger(label: "cinnabar.restore", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        try erasures.reconcile()
        _ = try store.purgeErased()
        return try erasedCount(in: store) - before
    }

    /// The copy's receipts of erasures by their names.
    ///
    /// - Throws: ``NotaryError`` with `.erasureInvalid` for one that no key of its log signed.
    private func receipts(signedByOneOf keys: [VerifierKey]) throws -> [(name: String, bytes: [UInt8])] {
        try CopyFolder.names(in: folder.erasuresPath).filter { Digest256(hex: $0) != nil }.compactMap { name in
            let path = folder.erasuresPath + "/" + name
            guard let bytes = try DurableFile.read(path, limitBytes: CopyReceipts.limitBytes)?.bytes else { return nil }
            guard let receipt = try? ErasureReceipt(parsing: bytes, signedByOneOf: keys), receipt.id.hex == name else {
                throw NotaryError(
                    .erasureInvalid,
                    "\(path) is no receipt signed by this log. Take it out of the copy if it was put there by mistake."
                )
            }
            return (name, bytes)
        }
    }

    /// The keys of all logs, past ones too: as the store has them, and as the key ring has them. A copy from before a
    /// change of key knows the old key alone, and not even that as such.
    private func logKeys(in store: Store) throws -> [VerifierKey] {
        var all: [VerifierKey] = []
        for (lane, origin) in try store.lanes() {
            // Of a store that knows of no change the first key counts: the log's oldest.
            let former = keys.formerLogKeys.filter { $0.name == origin }
            let current = try keys.logKey(named: origin).verifierKey
            all += try LogKeys(store.logKeys(of: lane), orNever: former.first ?? current).all + former + [current]
        }
        return all.reduce(into: []) { kept, key in if !kept.contains(key) { kept.append(key) } }
    }

    private func erasedCount(in store: Store) throws -> Int {
        let pageSize = 1000
        var count = 0
        var last: LogPosition?
        repeat {
            let page = try store.erasures(after: last, limit: pageSize)
            count += page.count
            last = page.count == pageSize ? page.last?.position : nil
        } while last != nil
        return count
    }

    /// Walks all that was restored, as an audit of the log does, with the store's own head for a guard.
    func audit(
        _ store: Store,
        rootsFolder: String,
        progress: (AuditProgress) -> Void = { _ in }
    ) throws -> AuditReport {
        let ownRoots = try SigningCertificate.list(pem: keys.authorityCredentials.rootCertificatePEM)
        let trust = TrustBundle(
            logKeys: try logKeys(in: store),
            timestampRoots: try ownRoots + KeptRoots(folder: rootsFolder).all()
        )
        let lanes = try store.lanes().map { lane, origin in
            try AuditedLane(id: lane, origin: origin, head: store.head(of: lane) ?? emptyHead(of: origin))
        }
        return try LogAudit(store: store, lanes: lanes, trust: trust, pace: .full).check(progress: progress)
    }

    private func emptyHead(of origin: String) throws -> StoredCheckpoint {
        let checkpoint = try Checkpoint(origin: origin, size: .empty, root: TileWriter().root)
        return StoredCheckpoint(
            size: .empty,
            signed: try checkpoint.signed(by: keys.logKey(named: origin)).bytes,
            batchTime: 0
        )
    }
}
