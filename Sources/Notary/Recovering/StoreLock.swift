import Glibc

/// RocksDB's own lock on a folder, taken without opening the database: no server may start while it is held.
struct StoreLock: ~Copyable {
    private let descriptor: Int32

    /// - Throws: ``NotaryError`` with `.lockedByAnotherProcess`.
    init(folder: String) throws {
        // Safe: Swift hands the path over as a C string for this call.
        descriptor = unsafe open(folder + "/LOCK", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.taken(folder) }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        // Safe: the structure lives through the call.
        guard unsafe fcntl(descriptor, F_SETLK, &lock) == 0 else {
            close(descriptor)
            throw Self.taken(folder)
        }
    }

    deinit { close(descriptor) }

    private static func taken(_ folder: String) -> NotaryError {
        NotaryError(.lockedByAnotherProcess, "Another process has \(folder) open. Stop it first.")
    }
}
