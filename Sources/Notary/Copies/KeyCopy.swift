import Bytes
import Evidence
import EvidenceStore
import Foundation
import MerkleLog
import OpenSSL

/// Writes the records' keys of a store copy: only files that changed, and no key that the store does not have any more.
struct KeyCopy {
    let folder: CopyFolder
    private(set) var files: [KeysManifest.File] = []
    private(set) var keyCount = 0
    private(set) var changedCount = 0

    init(_ folder: CopyFolder) { self.folder = folder }

    /// Writes a chunk's file, unless it is there.
    mutating func take(_ chunk: KeyChunk) throws {
        let bytes = chunk.bytes
        let digest = SHA256.digest(of: bytes)
        let name = "\(chunk.lane.rawValue)-\(chunk.first)-\(digest.hex.prefix(16))\(KeysManifest.File.suffix)"
        let path = folder.keysPath + "/" + name
        keyCount += chunk.count
        files.append(KeysManifest.File(name: name, byteCount: UInt64(bytes.count), sha256: digest))
        if let there = try DurableFile.read(path, limitBytes: KeyChunk.limitBytes)?.bytes, there == bytes { return }
        try DurableFile.replace(path, bytes, permissions: 0o600)
        changedCount += 1
    }

    /// Makes the files taken what the folder holds, and deletes every other: an erased key is gone from here on.
    func finish(logs: [StagedStore.Log], at time: UTCTime) throws {
        let sizes = Dictionary(uniqueKeysWithValues: logs.map { ($0.origin, $0.head?.size.value ?? 0) })
        let manifest = KeysManifest(logs: sizes, madeAt: time, files: files)
        // A crash before this line leaves the keys as they were, and files that the next copy takes up or deletes.
        try DurableFile.replace(folder.keysManifestPath, manifest.json.encoded(), permissions: 0o600)
        let kept = Set(files.map(\.name))
        for name in try CopyFolder.names(in: folder.keysPath)
        where KeysManifest.File.isName(name.replacing(".new", with: "")) && !kept.contains(name) {
            try FileManager.default.removeItem(atPath: folder.keysPath + "/" + name)
        }
        try FileTransfer.syncFolder(folder.keysPath)
    }
}
