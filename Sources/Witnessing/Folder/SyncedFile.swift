import Glibc

/// Small files that are whole or absent after a crash. System calls that take a path or a buffer are `unsafe` to the
/// compiler; each borrows memory of this call's own for its duration.
enum SyncedFile {
    /// - Returns: `nil` when there is no file.
    /// - Throws: ``WitnessingError`` with code `.damaged` when it has more than `limitBytes`, or `.io`.
    static func read(
        _ path: String,
        limitBytes: Int
    ) throws(WitnessingError) -> (bytes: [UInt8], permissions: mode_t)? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("open \(path)")
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure("examine \(path)") }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4 << 10)
        while true {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure("read \(path)") }
            if count == 0 { return (bytes, status.st_mode & 0o777) }
            bytes += buffer[..<count]
            guard bytes.count <= limitBytes else { throw WitnessingError(.damaged, "\(path) is too large.") }
        }
    }

    /// Writes a file under a temporary name beside it, then gives it its own.
    ///
    /// - Throws: ``WitnessingError`` with code `.io`. The file is then the old one or the new one, never a mixture.
    static func replace(_ path: String, _ bytes: [UInt8], permissions: mode_t) throws(WitnessingError) {
        let temporaryPath = path + ".new"
        try write(temporaryPath, bytes, permissions: permissions)
        // A crash before this line leaves the old file; after it, either, and after the folder's sync the new one.
        guard unsafe rename(temporaryPath, path) == 0 else { throw failure("name \(path)") }
        try syncFolder(path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/"))
    }

    /// Makes a folder for the owner alone.
    ///
    /// - Throws: ``WitnessingError`` with code `.io`.
    static func makeFolder(_ path: String) throws(WitnessingError) {
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("make \(path)") }
        guard unsafe chmod(path, 0o700) == 0 else { throw failure("protect \(path)") }
        try syncFolder(path)
    }

    private static func write(_ path: String, _ bytes: [UInt8], permissions: mode_t) throws(WitnessingError) {
        // Safe: Swift hands the path over as a C string for this call.
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, permissions)
        guard descriptor >= 0 else { throw failure("create \(path)") }
        defer { close(descriptor) }
        // A leftover of an earlier crash may have others.
        guard fchmod(descriptor, permissions) == 0 else { throw failure("protect \(path)") }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure("write \(path)") }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw failure("sync \(path)") }
    }

    private static func syncFolder(_ path: String) throws(WitnessingError) {
        // Safe: Swift hands the path over as a C string for this call.
        let descriptor = unsafe open(path.isEmpty ? "/" : path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open \(path)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("sync \(path)") }
    }

    /// Reads `errno`: call it right after the call that failed.
    static func failure(_ what: String) -> WitnessingError {
        WitnessingError(.io, "The system could not \(what) (error \(errno)). Look at the disk's space and health.")
    }
}
