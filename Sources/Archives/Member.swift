/// One file of a folder or archive.
public struct Member: Sendable {
    /// Its name inside the folder or archive, such as `shoes/1.jpg`, for display. An archive may say anything here,
    /// `../` and absolute paths too: never write to it.
    public let path: String
    /// Its bytes, or why there are none. Such a member costs itself alone.
    public let content: Result<[UInt8], ArchiveError>

    init(path: String, content: Result<[UInt8], ArchiveError>) {
        self.path = path
        self.content = content
    }

    /// Whether a part of the path starts with a dot, as do what file managers and version control leave in folders
    /// (`.DS_Store`, `__MACOSX/._1.jpg`, `.git/config`). Such files are no members.
    static func isHidden(_ path: String) -> Bool {
        path.split(separator: "/").contains { $0.hasPrefix(".") && $0 != "." && $0 != ".." }
    }
}
