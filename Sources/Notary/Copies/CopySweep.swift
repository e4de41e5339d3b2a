import Bytes
import EvidenceStore
import Foundation

/// Takes away what no generation needs: what a killed copy left, and generations beyond those to keep.
struct CopySweep {
    let folder: CopyFolder

    /// Deletes what was not finished. Whole files of a copy that was cut off stay: the next one may take them up.
    func sweep(keeping manifests: [CopyManifest]) throws {
        let files = FileManager.default
        for name in try CopyFolder.names(in: folder.filesPath) where name.hasSuffix(CopyFolder.partialSuffix) {
            try files.removeItem(atPath: folder.filesPath + "/" + name)
        }
        for path in [folder.generationsPath, folder.erasuresPath] {
            for name in try CopyFolder.names(in: path) where name.hasSuffix(".new") {
                try files.removeItem(atPath: path + "/" + name)
            }
        }
    }

    /// Deletes the oldest generations beyond `count`, then every file that no generation names.
    ///
    /// - Returns: The numbers of the generations that went.
    func prune(_ manifests: [CopyManifest], to count: Int?) throws -> [Int] {
        let gone = count.map { manifests.dropLast($0) } ?? []
        for manifest in gone {
            try FileManager.default.removeItem(atPath: folder.manifestPath(manifest.generation))
        }
        // Only when the manifests are gone for good may their files go.
        try FileTransfer.syncFolder(folder.generationsPath)
        let needed = Set(manifests.dropFirst(gone.count).flatMap { $0.files.map(\.sha256.hex) })
        for name in try CopyFolder.names(in: folder.filesPath) where Digest256(hex: name) != nil {
            if !needed.contains(name) { try FileManager.default.removeItem(atPath: folder.filesPath + "/" + name) }
        }
        return gone.map(\.generation)
    }
}
