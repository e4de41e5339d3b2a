package import Glibc

/// Small files that are whole or absent after a crash. System calls that take a path or a buffer are `unsafe` to the
/// compiler; each borrows memory of this call's own for its duration.
package enum DurableFile {
    /// - Returns: `nil` when there is no file.
    /// - Throws: ``StoreError`` with code `.corrupted` when it has more than `limitBytes`, or `.io`.
    package static func read(_ path: String, limitBytes: Int) throws(StoreError) -> (
        bytes: [UInt8], permissions: mode_t
    )? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("open")
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure("examine") }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4 << 10)
        while true {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure("read") }
            if count == 0 { return (bytes, status.st_mode & 0o777) }
            bytes += buffer[..<count]
            guard bytes.count <= limitBytes else { throw StoreError(.corrupted, "A small file is too large.") }
        }
    }

    /// Makes a file that is not there yet.
    ///
    /// - Throws: ``StoreError`` with code `.alreadyExists`, `.full` or `.io`.
    package static func create(_ path: String, _ bytes: [UInt8], permissions: mode_t) throws(StoreError) {
        let temporaryPath = path + ".new"
        try write(temporaryPath, bytes, permissions: permissions)
        defer { unsafe unlink(temporaryPath) }
        // A crash before this line leaves no file under the name. Linking, unlike renaming, never replaces one.
        guard unsafe link(temporaryPath, path) == 0 else {
            if errno == EEXIST { throw StoreError(.alreadyExists, "There already is such a file; it stays as it is.") }
            throw failure("name")
        }
        try syncFolder(of: path)
    }

    /// Writes a file anew under a temporary name beside it, then gives it its own.
    package static func replace(
        _ path: String,
        _ bytes: [UInt8],
        permissions: mode_t,
        steps: FileStep.Runner = FileStep.plainly
    ) throws(StoreError) {
        let temporaryPath = path + ".new"
        try write(temporaryPath, bytes, permissions: permissions, steps: steps)
        // A crash before this line leaves the old file; after it, either, and after the folder's sync the new one.
        try steps(.rename) { () throws(StoreError) in
            guard unsafe rename(temporaryPath, path) == 0 else { throw failure("rename") }
        }
        try steps(.syncFolder) { () throws(StoreError) in try syncFolder(of: path) }
    }

    private static func write(
        _ path: String,
        _ bytes: [UInt8],
        permissions: mode_t,
        steps: FileStep.Runner = FileStep.plainly
    ) throws(StoreError) {
        // Safe: Swift hands the path over as a C string for this call.
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, permissions)
        guard descriptor >= 0 else { throw failure("create") }
        defer { close(descriptor) }
        // A leftover of an earlier crash may have others.
        guard fchmod(descriptor, permissions) == 0 else { throw failure("protect") }
        try steps(.writeTemporary) { () throws(StoreError) in try write(bytes, to: descriptor) }
        try steps(.syncTemporary) { () throws(StoreError) in
            guard fsync(descriptor) == 0 else { throw failure("sync") }
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(StoreError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            // Safe: the pointer is used during the call alone.
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure("write") }
            rest = rest.dropFirst(count)
        }
    }

    private static func syncFolder(of path: String) throws(StoreError) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        // Safe: Swift hands the path over as a C string for this call.
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open the folder of") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("sync the folder of") }
    }

    /// Reads `errno`: call it right after the call that failed.
    static func failure(_ verb: String) -> StoreError {
        let number = errno
        let code: StoreError.Code = number == ENOSPC || number == EDQUOT ? .full : .io
        return StoreError(code, "The system could not \(verb) a file (error \(number)).")
    }
}
