public import MerkleLog
import EvidenceStore
import Foundation

extension Notary {
    /// Checks a folder of store copies: every file of every generation, the keys and the receipts.
    ///
    /// - Parameters:
    ///   - keysFolder: Where the records' keys are; `nil`: in the copy.
    ///   - trusted: Keys that checkpoints must be signed by; empty checks no signature.
    ///   - auditing: A data folder's configuration: its key ring opens the newest generation, which is restored to a
    ///     temporary folder and audited, and which must extend every earlier one. `nil` leaves that out.
    ///   - temporaryFolder: Where that is done, by default the system's; needs the room of one generation.
    /// - Throws: ``NotaryError`` with `.copyAbsent`, `.copyBusy`, `.copyFailed` or `.keyUnusable`. Damage is no error
    ///   but a finding.
    public static func verifyCopy(
        in path: String,
        keysFolder: String? = nil,
        trusted: [VerifierKey] = [],
        auditing: NotaryConfiguration? = nil,
        temporaryFolder: String? = nil,
        progress: (StoreCopyProgress) -> Void = { _ in }
    ) throws -> CopyVerification {
        try NotaryError.translatingCopy {
            let folder = CopyFolder(path: path, keysPath: keysFolder)
            return try FolderLock.holding(path, isExclusive: false) {
                let ring = try auditing.map { try KeyRing.load(from: $0.resolvedKeysFolder) }
                let keys =
                    trusted.isEmpty ? ring.map { $0.logKeys.map(\.verifierKey) + $0.formerLogKeys } ?? [] : trusted
                var result = try CopyVerifier(folder: folder, keys: keys).check(progress: progress)
                guard let ring else { return result }
                try audit(folder, ring, in: temporaryFolder ?? NSTemporaryDirectory(), &result)
                return result
            }
        }
    }

    private static func audit(
        _ folder: CopyFolder,
        _ ring: KeyRing,
        in temporaryFolder: String,
        _ result: inout CopyVerification
    ) throws {
        guard let newest = result.generations.last else { return }
        let scratch = "\(temporaryFolder)/cinnabar-copy-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: scratch,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let restorer = CopyRestorer(folder: folder, keys: ring)
        do {
            let assembled = try restorer.assemble(
                folder.manifest(newest),
                at: scratch + "/store",
                rootsFolder: scratch + "/roots"
            ) { _ in }
            defer { assembled.store.close() }
            _ = try restorer.eraseAgain(in: assembled.store, receiptsFolder: scratch + "/erasures")
            let report = try restorer.audit(assembled.store, rootsFolder: scratch + "/roots")
            result.audit = report
            for finding in report.findings { result.find("Generation \(newest): \(finding)") }
            for number in result.generations.dropLast() {
                try check(folder.manifest(number), isExtendedBy: assembled.store, &result)
            }
        } catch let error as NotaryError where [.copyDamaged, .copyAbsent, .erasureInvalid].contains(error.code) {
            result.find("Generation \(newest) cannot be restored: \(error.message)")
        } catch let error as StoreError where error.code == .corrupted {
            result.find("Generation \(newest) does not open as a store: \(error.message)")
        }
    }

    private static func check(
        _ earlier: CopyManifest,
        isExtendedBy store: Store,
        _ result: inout CopyVerification
    ) throws {
        for log in earlier.logs {
            guard let bytes = log.checkpoint,
                let checkpoint = try? Checkpoint(parsing: SignedNote(parsing: bytes).text),
                checkpoint.size <= (try store.head(of: log.lane)?.size ?? .empty)
            else { continue }  // found already
            if try StoreTiles(store: store, lane: log.lane).root(at: checkpoint.size) != checkpoint.root {
                result.find(
                    "Generation \(earlier.generation): \(log.origin) has another tree of \(log.size) entries than the "
                        + "newest generation."
                )
            }
        }
    }
}
