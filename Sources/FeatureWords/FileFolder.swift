import Glibc

/// A folder of files that are put in place whole.
public struct FileFolder: Sendable {
    public let path: String

    /// Makes the folder if there is none.
    ///
    /// - Throws: ``PostingError`` `.io`.
    public init(_ path: String) throws(PostingError) {
        self.path = path
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw DigestedFile.failure("make", path) }
    }

    /// What lies in it.
    ///
    /// - Throws: ``PostingError`` `.io`.
    public func names() throws(PostingError) -> [String] {
        guard let folder = opendir(path) else { throw DigestedFile.failure("list", path) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
                }
            )
        }
        return names.filter { $0 != "." && $0 != ".." }
    }

    /// Takes a file away, if it is there.
    public func remove(_ name: String) { unlink(path + "/" + name) }
}
