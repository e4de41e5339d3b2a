import Bytes
import EvidenceStore

extension CopyVerifier {
    /// The files of keys are those that their manifest names, and go as far as the newest generation.
    func checkKeys(for newest: CopyManifest, _ result: inout CopyVerification) throws {
        let there = try CopyFolder.names(in: folder.keysPath)
        let manifest: KeysManifest
        do {
            guard let found = try folder.keysManifest() else {
                result.find(
                    "There are no keys in \(folder.keysPath): without them no record opens. If they are kept elsewhere, "
                        + "name the folder."
                )
                return
            }
            manifest = found
        } catch let error as NotaryError {
            return result.find(error.message)
        }
        for log in newest.logs where manifest.logs[log.origin] ?? 0 < log.size {
            result.find("The keys end before the newest generation of \(log.origin).")
        }
        for file in manifest.files {
            result.keyFiles += 1
            let what = "keys/\(file.name)"
            guard there.contains(file.name) else {
                result.find("\(what) is missing.")
                continue
            }
            try checkContent(folder.keysPath + "/" + file.name, file.byteCount, file.sha256, what, &result)
        }
        let named = Set(manifest.files.map(\.name)).union(["keys.json"])
        for name in there where !named.contains(name) {
            if name.hasSuffix(".new") || KeysManifest.File.isName(name) {
                // Keys that were erased may be in it.
                result.find("keys/\(name) is left of a copy that was cut off. Make a copy: it deletes the file.")
            } else {
                result.find("keys/\(name) does not belong there.")
            }
        }
    }

    func checkReceipts(_ result: inout CopyVerification) throws {
        for name in try CopyFolder.names(in: folder.erasuresPath) {
            if Digest256(hex: name) != nil {
                result.receipts += 1
            } else if name.hasSuffix(".new") {
                result.notes.append("erasures/\(name) is left of a copy that was cut off.")
            } else {
                result.find("erasures/\(name) is no receipt of an erased record.")
            }
        }
    }

    func checkNothingElse(_ result: inout CopyVerification) throws {
        for name in try CopyFolder.names(in: folder.path)
        where !["generations", "files", "keys", "erasures"].contains(name) {
            result.find("\(name) does not belong into a folder of store copies.")
        }
    }
}
