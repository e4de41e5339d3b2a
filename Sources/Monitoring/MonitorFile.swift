import Glibc

/// Small files that are whole or absent after a crash. System calls that take a path or a buffer are `unsafe` to the
/// compiler; each borrows memory of this call's own for its duration.
enum MonitorFile {
    /// - Returns: `nil` when there is no file.
    /// - Throws: ``MonitorError`` with code `.folderFailed`; also for a file past the limit.
    static func read(_ path: String, limitBytes: Int) throws(MonitorError) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(path)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limitBytes else {
                throw MonitorError(.wrongState, "\(path) is larger than such a file can be.")
            }
        }
    }

    /// Writes under a temporary name, then renames: a crash leaves the old file or the new one.
    static func replace(_ path: String, _ bytes: [UInt8]) throws(MonitorError) {
        let temporaryPath = path + ".new"
        let descriptor = unsafe open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(temporaryPath) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure(temporaryPath) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0, unsafe rename(temporaryPath, path) == 0 else { throw failure(path) }
        try syncFolder(of: path)
    }

    /// Removes a file, if it is there. Safe: Swift hands the path over as a C string for this call.
    static func remove(_ path: String) throws(MonitorError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw failure(path) }
    }

    /// Makes a folder unless it is there.
    static func makeFolder(_ path: String) throws(MonitorError) {
        guard unsafe mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure(path) }
    }

    /// Holds `path` for this process until the descriptor is closed, at the latest when the process ends.
    static func lock(_ path: String) throws(MonitorError) -> Int32 {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw MonitorError(.wrongState, "Another monitor is using the state folder: stop it, or name another one.")
        }
        return descriptor
    }

    /// Closing alone would leave the lock to a child that is just being started and has the descriptor until it runs its
    /// program.
    static func unlock(_ descriptor: Int32) {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Safe: Swift hands the path over as a C string for this call.
    private static func syncFolder(of path: String) throws(MonitorError) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(folder) }
    }

    private static func failure(_ path: String) -> MonitorError {
        // Safe: the text is the system's own and is copied at once.
        let reason = unsafe String(cString: strerror(errno))
        return MonitorError(.folderFailed, "\(path) cannot be used: \(reason).")
    }
}
