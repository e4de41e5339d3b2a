import Foundation
import Glibc

/// A copy of a database's folder to work on, while the folder stays as it is.
///
/// Files that RocksDB never changes once they are written are hard links, so that a copy takes no room and no time.
struct StoreFolderCopy {
    private static let immutableEndings = [".sst", ".blob"]

    let path: String

    /// - Throws: ``NotaryError`` with `.alreadyInitialized` when something lies there already; `CocoaError`.
    init(of folder: String, at path: String) throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: path) else {
            throw NotaryError(
                .alreadyInitialized,
                "\(path) is there already, left by an earlier recovery. Look at it, then move it away."
            )
        }
        self.path = path
        try files.createDirectory(
            atPath: path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        for name in try files.contentsOfDirectory(atPath: folder) where name != "LOCK" {
            let (from, to) = ("\(folder)/\(name)", "\(path)/\(name)")
            let isImmutable = Self.immutableEndings.contains { name.hasSuffix($0) }
            // Safe: Swift hands the paths over as C strings for this call. Other file systems may know no links.
            if isImmutable, unsafe link(from, to) == 0 { continue }
            try files.copyItem(atPath: from, toPath: to)
        }
    }

    func remove() throws { try FileManager.default.removeItem(atPath: path) }
}
