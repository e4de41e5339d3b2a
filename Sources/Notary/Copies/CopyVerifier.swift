import Bytes
import EvidenceStore
import Foundation
import MerkleLog

/// Checks everything in a folder of store copies against its manifests: what is missing, damaged, cut short or does not
/// belong there.
struct CopyVerifier {
    let folder: CopyFolder
    /// Keys that checkpoints must be signed by; empty checks no signature.
    let keys: [VerifierKey]

    func check(progress: (StoreCopyProgress) -> Void) throws -> CopyVerification {
        var result = CopyVerification()
        let manifests = try readManifests(&result)
        var last: CopyManifest?
        for manifest in manifests {
            checkLogs(of: manifest, after: last, &result)
            last = manifest
        }
        try checkFiles(of: manifests, &result, progress)
        if let newest = manifests.last { try checkKeys(for: newest, &result) }
        try checkReceipts(&result)
        try checkNothingElse(&result)
        if keys.isEmpty { result.notes.append("No key was given, so no checkpoint's signature was checked.") }
        return result
    }

    private func readManifests(_ result: inout CopyVerification) throws -> [CopyManifest] {
        var manifests: [CopyManifest] = []
        for name in try CopyFolder.names(in: folder.generationsPath) {
            guard let number = CopyFolder.generation(named: name) else {
                if name.hasSuffix(".new") {
                    result.notes.append("generations/\(name) is left of a copy that was cut off.")
                } else {
                    result.find("generations/\(name) is no manifest.")
                }
                continue
            }
            do {
                manifests.append(try folder.manifest(number))
                result.generations.append(number)
            } catch let error as NotaryError {
                result.find("Generation \(number): \(error.message)")
            }
        }
        if manifests.isEmpty { result.find("There is no generation in \(folder.path).") }
        return manifests.sorted { $0.generation < $1.generation }
    }

    /// Each checkpoint is of the log and size that the manifest names and signed by its key, and the logs only grow.
    private func checkLogs(of manifest: CopyManifest, after last: CopyManifest?, _ result: inout CopyVerification) {
        let name = "Generation \(manifest.generation)"
        if let last, Set(last.logs.map(\.origin)) != Set(manifest.logs.map(\.origin)) {
            result.find("\(name) is of other logs than generation \(last.generation).")
        }
        for log in manifest.logs {
            let before = last?.logs.first { $0.lane == log.lane }
            if let before, before.size > log.size { result.find("\(name): \(log.origin) has shrunk.") }
            guard let bytes = log.checkpoint else { continue }
            guard let note = try? SignedNote(parsing: bytes), let checkpoint = try? Checkpoint(parsing: note.text),
                checkpoint.origin == log.origin, checkpoint.size.value == log.size
            else {
                result.find("\(name): the checkpoint of \(log.origin) is none of this log and size.")
                continue
            }
            if let before, before.size == log.size, let earlier = before.checkpoint,
                (try? Checkpoint(parsing: SignedNote(parsing: earlier).text))?.root != checkpoint.root
            {
                result.find("\(name): \(log.origin) has another tree of \(log.size) entries than before.")
            }
            guard !keys.isEmpty else { continue }
            if keys.contains(where: { (try? note.verifiedCheckpoint(log: $0, witnesses: [])) != nil }) {
                result.signatures += 1
            } else {
                result.find("\(name): the checkpoint of \(log.origin) is not signed by a key of the log.")
            }
        }
    }

    private func checkFiles(
        of manifests: [CopyManifest],
        _ result: inout CopyVerification,
        _ progress: (StoreCopyProgress) -> Void
    ) throws {
        var files: [String: (file: CopyManifest.File, generation: Int)] = [:]
        for manifest in manifests {
            for file in manifest.files { files[file.sha256.hex] = (file, manifest.generation) }
        }
        let total = CopyManifest.byteCount(of: files.values.lazy.map(\.file))
        let there = Set(try CopyFolder.names(in: folder.filesPath))
        var bytes: UInt64 = 0
        for (name, (file, generation)) in files.sorted(by: { $0.key < $1.key }) {
            result.files += 1
            let what = "files/\(name) (\(file.name) of generation \(generation))"
            guard there.contains(name) else {
                result.find("\(what) is missing.")
                continue
            }
            try checkContent(folder.filesPath + "/" + name, file.byteCount, file.sha256, what, &result) { count in
                bytes += UInt64(count)
                progress(StoreCopyProgress(bytes: bytes, totalBytes: total))
            }
        }
        result.bytes = bytes
        for name in there.subtracting(files.keys).sorted() {
            if name.hasSuffix(CopyFolder.partialSuffix) {
                result.notes.append("files/\(name) is left of a copy that was cut off; the next one deletes it.")
            } else if let digest = Digest256(hex: name),
                try FileTransfer.digest(of: folder.filesPath + "/" + name) == digest
            {
                result.notes.append(
                    "files/\(name) is left of a copy that was cut off; the next one takes or deletes it."
                )
            } else {
                result.find("files/\(name) belongs to no generation.")
            }
        }
    }

    func checkContent(
        _ path: String,
        _ byteCount: UInt64,
        _ sha256: Digest256,
        _ what: String,
        _ result: inout CopyVerification,
        onBlock: (Int) -> Void = { _ in }
    ) throws {
        do {
            let size = try FileTransfer.size(of: path)
            guard size == byteCount else {
                return result.find("\(what) has \(size) bytes instead of \(byteCount).")
            }
            if try FileTransfer.digest(of: path, onBlock: onBlock) != sha256 {
                result.find("\(what) is damaged: its SHA-256 is another.")
            }
        } catch let error as StoreError {
            result.find("\(what) cannot be read: \(error.message)")
        }
    }
}
