import Glibc

/// Small files of an index's folder, whole or absent after a crash. System calls that take a path or a buffer are
/// `unsafe` to the compiler; each borrows memory of this call's own for its duration.
enum FolderFiles {
    /// Writes a file anew under a temporary name beside it, then gives it its own.
    static func replace(_ path: String, _ bytes: [UInt8]) throws(IndexError) {
        let temporaryPath = path + ".new"
        try write(bytes, to: temporaryPath, O_WRONLY | O_CREAT | O_TRUNC)
        // A crash before this line leaves the old file; after it, either, and after the folder's sync the new one.
        guard unsafe rename(temporaryPath, path) == 0 else { throw failure("rename", path) }
        try syncFolder(of: path)
    }

    /// Adds to a file's end, on the disk when this returns.
    static func append(_ path: String, _ bytes: [UInt8]) throws(IndexError) {
        try write(bytes, to: path, O_WRONLY | O_CREAT | O_APPEND)
    }

    /// Files, not folders. Absent is fine.
    static func remove(_ path: String) throws(IndexError) {
        // Safe: Swift hands the path over as a C string for this call.
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw failure("remove", path) }
    }

    static func syncFolder(of path: String) throws(IndexError) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        // Safe: Swift hands the path over as a C string for this call.
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("sync", folder) }
    }

    private static func write(_ bytes: [UInt8], to path: String, _ flags: Int32) throws(IndexError) {
        // Safe: Swift hands the path over as a C string for this call.
        let descriptor = unsafe open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("create", path) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            // Safe: the pointer is used during the call alone.
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure("write", path) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw failure("sync", path) }
    }

    /// Reads `errno`: called right after the call that failed.
    private static func failure(_ verb: String, _ path: String) -> IndexError {
        IndexError(.io, "The system could not \(verb) \(path) (error \(errno)).")
    }
}
