import Glibc

/// Folders that several processes work in, one at a time or many that only read. The system gives a lock back when its
/// process ends, however it ends.
package enum FolderLock {
    /// Holds a folder while `work` runs.
    ///
    /// - Parameter isExclusive: Whether nobody else may have it meanwhile.
    /// - Throws: ``StoreError`` with code `.lockedByAnotherProcess`, `.absent` or `.io`; what `work` throws.
    package static func holding<Result>(
        _ folder: String,
        isExclusive: Bool,
        _ work: () throws -> Result
    ) throws -> Result {
        // Safe: Swift hands the path over as a C string for this call.
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT
                ? StoreError(.absent, "There is no folder \(folder).") : DurableFile.failure("open the folder of")
        }
        // Closing alone would leave the lock to a child that is just being started and has the descriptor until it runs
        // its program.
        defer {
            flock(descriptor, LOCK_UN)
            close(descriptor)
        }
        guard flock(descriptor, (isExclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            throw StoreError(.lockedByAnotherProcess, "Another process is at work in \(folder). Let it end first.")
        }
        // A file system without locks says another error: there it is up to the operator.
        return try work()
    }
}
