import FoundationEssentials

/// The files under a folder.
final class FolderMembers: MemberSource {
    let archiveBytes: Int? = nil
    private let root: String
    private let limits: ArchiveLimits
    /// Paths inside the folder that are still to be visited, the next one last; the empty one is the folder itself.
    private var pending = [""]

    init(_ root: String, _ limits: ArchiveLimits) {
        self.root = root
        self.limits = limits
    }

    func next() throws(ArchiveError) -> Member? {
        while let path = pending.popLast() {
            let full = path.isEmpty ? root : root + "/" + path
            do throws(ArchiveError) {
                // The folder itself may be named by a link; nothing inside it is followed.
                let isFolder = path.isEmpty ? true : try RegularFile.isFolder(full, followsLink: false)
                guard isFolder else { return Member(path: path, content: .success(try contents(full))) }
                try push(folder: path, full)
            } catch {
                if path.isEmpty { throw error }
                return Member(path: path, content: .failure(error))
            }
        }
        return nil
    }

    private func contents(_ path: String) throws(ArchiveError) -> [UInt8] {
        try RegularFile(path, followsLink: false).bytes(limit: limits.memberBytes)
    }

    private func push(folder: String, _ full: String) throws(ArchiveError) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: full) else {
            throw ArchiveError(.unreadable, "The folder cannot be read.")
        }
        let sorted = names.filter { !$0.hasPrefix(".") }.sorted {
            Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8))
        }
        pending += sorted.reversed().map { folder.isEmpty ? $0 : folder + "/" + $0 }
    }
}
