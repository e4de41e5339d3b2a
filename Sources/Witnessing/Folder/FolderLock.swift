import Glibc

/// Keeps a folder to one process, until this goes away or the process ends, however it ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// - Throws: ``WitnessingError`` with code `.locked` or `.io`.
    init(path: String) throws(WitnessingError) {
        // Safe: Swift hands the path over as a C string for this call.
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SyncedFile.failure("open \(path)") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let isHeld = errno == EWOULDBLOCK
            let failure = SyncedFile.failure("lock \(path)")
            close(descriptor)
            throw isHeld
                ? WitnessingError(.locked, "Another process uses this folder. Stop it first.") : failure
        }
        self.descriptor = descriptor
    }

    /// Closing alone would leave the lock to a child that is just being started and has the descriptor until it runs its
    /// program.
    deinit {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
