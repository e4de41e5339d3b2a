import Bytes
import EvidenceStore
import Foundation

/// Brings files into a copy's folder under the names of their content, except those that are there.
struct FileCopy {
    /// What tells a file without reading it. Not its name alone: databases number their files anew.
    private struct Likeness: Hashable {
        let database: String
        let name: String
        let byteCount: UInt64
        let ends: Digest256
    }

    let folder: CopyFolder
    let database: String
    private let known: [Likeness: Digest256]

    /// - Parameter manifests: Of the generations that are there.
    init(_ folder: CopyFolder, database: String, manifests: [CopyManifest]) {
        self.folder = folder
        self.database = database
        var known: [Likeness: Digest256] = [:]
        for manifest in manifests {
            for file in manifest.files {
                let likeness = Likeness(
                    database: manifest.database,
                    name: file.name,
                    byteCount: file.byteCount,
                    ends: file.ends
                )
                known[likeness] = file.sha256
            }
        }
        self.known = known
    }

    /// A file as it will stand in the manifest, when it need not be read again; otherwise `nil` with what is known.
    func file(at path: String, named name: String) throws -> (file: CopyManifest.File?, byteCount: UInt64) {
        let byteCount = try FileTransfer.size(of: path)
        let ends = try FileTransfer.digestOfEnds(of: path)
        let likeness = Likeness(database: database, name: name, byteCount: byteCount, ends: ends)
        guard let sha256 = known[likeness] else { return (nil, byteCount) }
        let file = CopyManifest.File(name: name, byteCount: byteCount, sha256: sha256, ends: ends)
        return (try isThere(file) ? file : nil, byteCount)
    }

    /// Copies a file in.
    ///
    /// - Parameter onBlock: Is called with the size of each block; may wait, and throws to end the copy.
    /// - Returns: The file, and whether its content was there already under another name.
    func copy(_ path: String, named name: String, onBlock: (Int) throws -> Void) throws -> CopyManifest.File {
        let partial = folder.filesPath + "/incoming" + CopyFolder.partialSuffix
        let ends = try FileTransfer.digestOfEnds(of: path)
        do {
            let sha256 = try FileTransfer.copy(path, to: partial, onBlock: onBlock)
            let byteCount = try FileTransfer.size(of: partial)
            let file = CopyManifest.File(name: name, byteCount: byteCount, sha256: sha256, ends: ends)
            // The content is durable. A crash before this line leaves a partial file, which the next copy deletes;
            // after it, a whole one, which the next copy takes up or deletes.
            try FileManager.default.moveReplacing(partial, to: folder.path(of: file))
            return file
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
    }

    private func isThere(_ file: CopyManifest.File) throws -> Bool {
        let path = folder.path(of: file)
        return try FileManager.default.fileExists(atPath: path) && FileTransfer.size(of: path) == file.byteCount
    }
}

extension FileManager {
    /// Gives a file another name, in place of whatever had it.
    fileprivate func moveReplacing(_ path: String, to destination: String) throws {
        if fileExists(atPath: destination) { try removeItem(atPath: destination) }
        try moveItem(atPath: path, toPath: destination)
    }
}
